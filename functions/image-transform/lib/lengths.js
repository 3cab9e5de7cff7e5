// SPDX-License-Identifier: MIT
'use strict';

const { MAX_DIMENSION } = require('./url');

/**
 * The widths and heights that a URL may ask for, so that nobody can have one picture made in millions of
 * sizes. There are no environment variables at the edge: another set than the usual one comes as a custom
 * header of the origin, which both triggers find in the event ("Lambda@Edge event structure",
 * customHeaders).
 */

const LENGTHS_HEADER = 'x-image-transform-lengths';
const MAX_LENGTHS = 200;
const ANY = '*';

const DEFAULT_LENGTHS = [
  16, 24, 32, 48, 64, 80, 96, 100, 120, 128, 150, 160, 180, 192, 200, 240, 256, 300, 320, 360, 384, 400, 480,
  500, 512, 600, 640, 720, 750, 768, 800, 900, 960, 1000, 1024, 1080, 1200, 1280, 1440, 1600, 1920, 2048,
  2560, 3840, 4096,
];

const allOf = (lengths) => ({
  has: ({ width, height }) => lengths.has(width) && lengths.has(height),
  lengths,
});
const DEFAULT_SET = allOf(new Set(DEFAULT_LENGTHS));
const ANY_SET = { has: () => true, lengths: undefined };

/** The set that a header's value stands for, or undefined where it cannot be read. */
function parseLengths(text) {
  if (text.trim() === ANY) {
    return ANY_SET;
  }
  const parts = text.split(',').map((part) => part.trim());
  const lengths = parts.map(Number);
  const valid =
    parts.length <= MAX_LENGTHS &&
    parts.every((part, i) => /^[1-9]\d*$/.test(part) && lengths[i] <= MAX_DIMENSION);
  return valid ? allOf(new Set(lengths)) : undefined;
}

/**
 * The allowed sizes for an event's request.origin: { has(resize), lengths }; lengths is undefined where any
 * will do.
 */
function allowedSizes(origin) {
  const value = origin?.s3?.customHeaders?.[LENGTHS_HEADER]?.[0]?.value;
  if (value === undefined) {
    return DEFAULT_SET;
  }
  const set = parseLengths(value);
  if (!set) {
    console.error(JSON.stringify({ message: `the origin's header ${LENGTHS_HEADER} cannot be read`, value }));
  }
  return set ?? DEFAULT_SET;
}

module.exports = { DEFAULT_LENGTHS, LENGTHS_HEADER, allowedSizes };
