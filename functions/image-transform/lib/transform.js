// SPDX-License-Identifier: MIT
'use strict';

const sharp = require('sharp');
const { FORMATS, encodeWithinLimit, formatOf } = require('./encode');
const { countScans, qualityOf } = require('./jpeg');
const { withoutText } = require('./png');
const { Unchanged } = require('./unchanged');

/** Turns the bytes of an original into those of the image that a URL asks for, in bounded memory and time. */

const MAX_PIXELS = 50_400_000; // 8192 x 6144, the largest that the cameras of usual telephones write
/** Interlaced, rotated and 16 bit images are decoded whole: this keeps them within the function's memory. */
const MAX_DECODED_BYTES = 160 * 1024 * 1024;
const MAX_STEP_SECONDS = 10;
/**
 * Each scan goes over all pixels, however few bytes it has, and libvips cannot be told to stop in between.
 */
const MAX_JPEG_SCANS = 100;

const BYTES_PER_SAMPLE = { uchar: 1, char: 1, ushort: 2, short: 2 };
const WIDEST_SAMPLE = 8;

const GREY = 'b-w';
const WHITE = { r: 255, g: 255, b: 255, alpha: 1 };
const TRANSPARENT = { r: 255, g: 255, b: 255, alpha: 0 };

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const isPng = (input) => input.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE);

/** An acTL chunk before the first image data ("Animation information", PNG specification, third edition). */
function isAnimatedPng(input) {
  const control = input.indexOf('acTL');
  return control !== -1 && control < input.indexOf('IDAT');
}

const hasPages = (input, { pages }) => pages > 1;
const isImageSequence = (input) => input.toString('latin1', 8, 12) === 'avis'; // the major brand

/**
 * The formats that are read, by sharp's names. Some decoders take up to 30 bytes for each pixel. `shown`
 * says that browsers show it, so that the original can stand in for what is made of it.
 */
const INPUTS = {
  jpeg: { loader: 'Jpeg', shown: true },
  png: { loader: 'Png', shown: true, isAnimated: isAnimatedPng },
  webp: { loader: 'Webp', shown: true, isAnimated: hasPages, maxPixels: 25_200_000 },
  gif: { loader: 'Nsgif', shown: true, isAnimated: hasPages },
  tiff: { loader: 'Tiff', shown: false },
  heif: { loader: 'Heif', shown: true, isAnimated: isImageSequence, maxPixels: 12_600_000 },
};
const OUTPUT_OF_INPUT = { jpeg: 'jpeg', png: 'png', webp: 'webp', heif: 'avif' };

// One image at a time on less than one processor: threads and a cache would only cost memory.
sharp.concurrency(1);
sharp.cache(false);
// No document or vector format is ever interpreted, whatever an object claims to be.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: Object.values(INPUTS).map(({ loader }) => `VipsForeignLoad${loader}Buffer`) });

function open(input) {
  return sharp(input, { limitInputPixels: MAX_PIXELS, failOn: 'error', autoOrient: true });
}

async function readHeader(input) {
  try {
    return await open(input).metadata();
  } catch (error) {
    const reason = /pixel limit/i.test(error.message) ? 'too many pixels' : 'not an image';
    throw new Unchanged(reason, { cause: error });
  }
}

function refuseUnsuitable(input, header) {
  const { isAnimated, maxPixels = MAX_PIXELS } = INPUTS[header.format];
  if (isAnimated?.(input, header)) {
    throw new Unchanged('animated');
  }
  const pixels = header.width * header.height;
  if (
    pixels > maxPixels ||
    pixels * header.channels * (BYTES_PER_SAMPLE[header.depth] ?? WIDEST_SAMPLE) > MAX_DECODED_BYTES
  ) {
    throw new Unchanged('too many pixels');
  }
  if (header.format === 'jpeg' && countScans(input, MAX_JPEG_SCANS) > MAX_JPEG_SCANS) {
    throw new Unchanged('too many scans');
  }
}

/**
 * The box that an image fills without being enlarged: the one asked for, made smaller in its own proportions
 * where the image is smaller than it. An image that is to fit inside needs no such box.
 */
function boxFor({ width, height }, { fit, ...box }) {
  const [across, down] = [width / box.width, height / box.height];
  const scale = { cover: Math.min(across, down), contain: Math.max(across, down), inside: 1 }[fit];
  const shrink = (length) => Math.max(1, Math.round(length * Math.min(1, scale)));
  return { width: shrink(box.width), height: shrink(box.height) };
}

/**
 * Where the whole picture is asked for, not smaller than it is and in its own format, nothing is to be done.
 */
function refuseSame(format, header, resize) {
  const { width, height } = header.autoOrient;
  const box = boxFor(header.autoOrient, resize);
  const same =
    resize.fit === 'inside'
      ? box.width >= width && box.height >= height
      : box.width === width && box.height === height;
  if (same && OUTPUT_OF_INPUT[header.format] === format) {
    throw new Unchanged('not larger than asked for');
  }
}

/**
 * What the original says about how to write an image of so many pixels: what is sent is never larger than the
 * original that browsers would show just as well.
 */
function sourceOf(input, header, bytes, pixels) {
  const replaceable = INPUTS[header.format].shown && pixels <= header.width * header.height;
  return {
    quality: header.format === 'jpeg' ? qualityOf(input) : undefined,
    paletteBits: header.isPalette ? header.bitsPerSample : undefined,
    maxBytes: replaceable ? bytes : Infinity,
  };
}

/**
 * Decodes once, to 8 bit sRGB or grey, so that each attempt to encode starts from the resized pixels.
 */
async function decodeResized(input, header, resize, { alpha }) {
  const image = open(input)
    .timeout({ seconds: MAX_STEP_SECONDS })
    .toColourspace(header.space === GREY ? GREY : 'srgb')
    .resize({
      ...boxFor(header.autoOrient, resize),
      fit: resize.fit,
      withoutEnlargement: true,
      background: alpha ? TRANSPARENT : WHITE,
    });
  if (!alpha) {
    image.flatten({ background: WHITE });
  }
  return image.raw().toBuffer({ resolveWithObject: true });
}

function encodePixels({ data, info }, format, sourceFor, signal) {
  const { width, height, channels } = info;
  const pixels = width * height;
  return encodeWithinLimit(format, pixels, sourceFor(pixels), (name, options) => {
    signal?.throwIfAborted();
    return sharp(data, { raw: { width, height, channels } })
      .toColourspace(channels < 3 ? GREY : 'srgb')
      .timeout({ seconds: MAX_STEP_SECONDS })
      .toFormat(name, options)
      .toBuffer();
  });
}

function asUnchanged(error) {
  if (error instanceof Unchanged) {
    return error;
  }
  return /timeout/i.test(error.message)
    ? new Unchanged('out of time', { transient: true, cause: error })
    : new Unchanged('broken', { cause: error });
}

/**
 * Transforms the bytes of the `original`, which may change, of the object `key` as `resize` says. Resolves
 * to { body, contentType }; rejects with Unchanged where the original is to be delivered instead. An aborted
 * signal ends it after the step that is under way.
 */
async function transform(original, key, resize, signal) {
  const bytes = original.length;
  const input = isPng(original) ? withoutText(original) : original;
  const header = await readHeader(input);
  refuseUnsuitable(input, header);
  const format = formatOf(key);
  refuseSame(format, header, resize);
  try {
    const decoded = await decodeResized(input, header, resize, FORMATS[format]);
    signal?.throwIfAborted();
    const sourceFor = (pixels) => sourceOf(input, header, bytes, pixels);
    const body = await encodePixels(decoded, format, sourceFor, signal);
    return { body, contentType: FORMATS[format].contentType };
  } catch (error) {
    throw asUnchanged(error);
  }
}

module.exports = { MAX_DECODED_BYTES, MAX_PIXELS, boxFor, transform };
