// SPDX-License-Identifier: MIT
'use strict';

const { Unchanged } = require('./unchanged');

/** The formats that are written, and how an image is made small enough for the edge. */

/**
 * A response that a function generates may have 1 MB with its headers ("Quotas on Lambda@Edge"), the body
 * counted as base64, which is a third longer: 740,000 bytes become 986,668 and leave 13 kB for the headers.
 */
const MAX_BODY_BYTES = 740_000;

/**
 * From here on, each encoder uses its quick settings: the thorough ones take up to 15 s for 4096 x 4096
 * pixels.
 */
const LARGE_PIXELS = 2_000_000;

/** The last attempt of a format is rarely less than a quarter of its first: beyond that, no more is tried. */
const HOPELESS_FACTOR = 4;

/**
 * `attempts` are made in order until one is small enough, so their number bounds the work. `alpha` says
 * whether the format has transparency.
 */
const FORMATS = {
  jpeg: {
    contentType: 'image/jpeg',
    alpha: false,
    attempts: [{ quality: 80 }, { quality: 60 }, { quality: 40 }],
    thorough: { mozjpeg: true },
    quick: { progressive: true },
  },
  png: {
    contentType: 'image/png',
    alpha: true,
    attempts: [{ adaptiveFiltering: true }, { palette: true, effort: 4 }],
    thorough: { compressionLevel: 9 },
    quick: { compressionLevel: 7 },
  },
  webp: {
    contentType: 'image/webp',
    alpha: true,
    attempts: [{ quality: 80 }, { quality: 60 }, { quality: 40 }],
    thorough: { effort: 4 },
    quick: { effort: 3 },
  },
  avif: {
    contentType: 'image/avif',
    alpha: true,
    attempts: [{ quality: 55 }, { quality: 40 }, { quality: 25 }],
    thorough: { effort: 2 },
    quick: { effort: 0, chromaSubsampling: '4:2:0' },
  },
};

const FORMAT_BY_EXTENSION = new Map([
  ['jpg', 'jpeg'],
  ['jpeg', 'jpeg'],
  ['png', 'png'],
  ['webp', 'webp'],
  ['avif', 'avif'],
]);

/** The output format that a key asks for: jpeg where its extension names none that is written. */
function formatOf(key) {
  const extension = /\.([a-z]+)$/i.exec(key)?.[1].toLowerCase();
  return FORMAT_BY_EXTENSION.get(extension) ?? 'jpeg';
}

/**
 * Encodes an image of so many pixels with encodeAs(format, options), as well as the limit allows. Rejects
 * with Unchanged where no attempt is small enough.
 */
async function encodeWithinLimit(format, pixels, encodeAs) {
  const { attempts, thorough, quick } = FORMATS[format];
  for (const attempt of attempts) {
    const body = await encodeAs(format, { ...attempt, ...(pixels > LARGE_PIXELS ? quick : thorough) });
    if (body.length <= MAX_BODY_BYTES) {
      return body;
    }
    if (body.length > MAX_BODY_BYTES * HOPELESS_FACTOR) {
      break;
    }
  }
  throw new Unchanged('transformed image too large');
}

module.exports = { FORMATS, MAX_BODY_BYTES, encodeWithinLimit, formatOf };
