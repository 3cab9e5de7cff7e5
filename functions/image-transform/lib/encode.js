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

/** Anti-aliased edges need some colours between those of a picture that has few. */
const MIN_COLOURS = 16;

/** By about so much mozjpeg's tables are coarser than those of the IJG's encoder at the same quality. */
const QUALITY_MARGIN = 10;

/** No quality much above that of the source, which would only cost bytes. */
function cappedQualities(attempts, source) {
  const qualities = attempts.map(({ quality }) => Math.min(quality, source + QUALITY_MARGIN));
  return [...new Set([...qualities, Math.min(source, qualities.at(-1))])];
}

/** From the source's number of colours down to where edges are still smooth, or to its own. */
function paletteSizes(colours) {
  const first = Math.max(MIN_COLOURS, colours);
  return [...new Set([first, Math.min(first, 64), MIN_COLOURS, Math.min(MIN_COLOURS, colours)])];
}

/** The attempts for a source of { quality, paletteBits }: with a palette where the source has one. */
function attemptsFor(format, { quality, paletteBits }) {
  if (format === 'png' && paletteBits) {
    return paletteSizes(2 ** paletteBits).map((colours) => ({ palette: true, colours, effort: 7 }));
  }
  const { attempts } = FORMATS[format];
  if (quality === undefined || format === 'png' || format === 'avif') {
    return attempts;
  }
  return cappedQualities(attempts, quality).map((value) => ({ quality: value }));
}

/**
 * Encodes an image of so many pixels with encodeAs(format, options), as well as the edge's limit and the
 * source's allow: { quality, paletteBits, maxBytes }. Rejects with Unchanged where no attempt is small
 * enough.
 */
async function encodeWithinLimit(format, pixels, source, encodeAs) {
  const { thorough, quick } = FORMATS[format];
  const limit = Math.min(MAX_BODY_BYTES, source.maxBytes);
  for (const attempt of attemptsFor(format, source)) {
    const body = await encodeAs(format, { ...attempt, ...(pixels > LARGE_PIXELS ? quick : thorough) });
    if (body.length <= limit) {
      return body;
    }
    if (body.length > limit * HOPELESS_FACTOR) {
      break;
    }
  }
  throw new Unchanged(limit < MAX_BODY_BYTES ? 'smaller as it is' : 'transformed image too large');
}

module.exports = { FORMATS, MAX_BODY_BYTES, encodeWithinLimit, formatOf };
