// SPDX-License-Identifier: MIT
'use strict';

/**
 * What a JPEG says of itself before it is decoded: a walk over its marker segments (ITU-T T.81, annex B),
 * tolerant of damage, which the decoder finds.
 */

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const QUANTIZATION_TABLES = 0xdb;

const isRestart = (marker) => marker >= 0xd0 && marker <= 0xd7;
const hasLength = (marker) => marker !== 0x01 && !(marker >= 0xd0 && marker <= 0xd8);

/** Where the next marker's code is: behind entropy-coded data and fill bytes; -1 where there is none. */
function findMarker(input, start) {
  let at = input.indexOf(0xff, start);
  while (at !== -1 && at + 1 < input.length) {
    const code = input[at + 1];
    if (code !== 0x00 && code !== 0xff && !isRestart(code)) {
      return at + 1;
    }
    at = input.indexOf(0xff, at + (code === 0xff ? 1 : 2));
  }
  return -1;
}

/** The segments in order, each { marker, data }. */
function* segmentsOf(input) {
  let at = findMarker(input, 0);
  while (at !== -1 && input[at] !== END_OF_IMAGE) {
    const marker = input[at];
    let end = at + 1;
    if (hasLength(marker)) {
      if (at + 3 > input.length) {
        return;
      }
      end = at + 1 + Math.max(2, input.readUInt16BE(at + 1));
      yield { marker, data: input.subarray(at + 3, end) };
    }
    at = findMarker(input, end);
  }
}

/** The number of scans, as far as the limit: beyond it, nobody counts. */
function countScans(input, limit) {
  let scans = 0;
  for (const { marker } of segmentsOf(input)) {
    scans += marker === START_OF_SCAN;
    if (scans > limit) {
      break;
    }
  }
  return scans;
}

/** The luminance table of annex K, table K.1, in the zigzag order of a DQT segment. */
const STANDARD_LUMINANCE = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58,
  51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103,
  62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];

/** The first table of the file with 8 bit values, or undefined. */
function firstTable(input) {
  for (const { marker, data } of segmentsOf(input)) {
    if (marker === QUANTIZATION_TABLES) {
      return data.length >= 65 && data[0] === 0 ? data.subarray(1, 65) : undefined;
    }
    if (marker === START_OF_SCAN) {
      break;
    }
  }
  return undefined;
}

/**
 * The quality from 1 to 100, on the scale of the IJG's encoder, whose luminance table is the nearest to the
 * file's; 100 where that cannot be told. To write with a higher one only costs bytes.
 */
function qualityOf(input) {
  const table = firstTable(input);
  if (!table) {
    return 100;
  }
  const percent = table.reduce((sum, value, i) => sum + (value * 100) / STANDARD_LUMINANCE[i], 0) / 64;
  const quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
  return Math.min(100, Math.max(1, Math.round(quality)));
}

module.exports = { countScans, qualityOf };
