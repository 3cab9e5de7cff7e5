// SPDX-License-Identifier: MIT
'use strict';

/** Makes the originals of the tests, and reads corners and colours of what came out. */

const zlib = require('node:zlib');
const { requireFunction } = require('./edge');

const sharp = requireFunction('sharp');

const RED = [220, 20, 20];
const GREEN = [20, 180, 20];
const BLUE = [20, 20, 220];
const YELLOW = [230, 230, 20];

/** A picture whose quarters have a colour each: two above, two below. */
function quarters(width, height, { alpha, depth = 8, colours = [RED, GREEN, BLUE, YELLOW] } = {}) {
  const channels = alpha === undefined ? 3 : 4;
  const data =
    depth === 16 ? new Uint16Array(width * height * channels) : Buffer.alloc(width * height * channels);
  const scale = depth === 16 ? 257 : 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)];
      data.set(
        [...colour, ...(alpha === undefined ? [] : [alpha])].map((value) => value * scale),
        (y * width + x) * channels,
      );
    }
  }
  const image = sharp(data, { raw: { width, height, channels } });
  return depth === 16 ? image.toColourspace('rgb16') : image;
}

/** Deterministic noise, which no encoder makes small. */
function noise(width, height, channels = 3) {
  const data = Buffer.allocUnsafe(width * height * channels);
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    data[i] = state >>> 24;
  }
  return sharp(data, { raw: { width, height, channels } });
}

async function animation(width, height, format) {
  const frames = [RED, GREEN, BLUE].map(([r, g, b]) => ({
    create: { width, height, channels: 3, background: { r, g, b } },
  }));
  const pages = await Promise.all(frames.map((frame) => sharp(frame).png().toBuffer()));
  return sharp(pages, { join: { animated: true } })
    .toFormat(format, { delay: [100, 100, 100] })
    .toBuffer();
}

/**
 * The same image with more bytes, which its decoder leaves alone, so that what is made of it is smaller: the
 * small pictures of the tests would else be delivered as they are.
 */
function padded(image) {
  const filler = Buffer.alloc(20_000);
  filler.writeUInt32BE(filler.length, 0);
  filler.write('free', 4, 'latin1'); // a box that may stand anywhere in an avif
  return Buffer.concat([image, filler]);
}

function pngChunk(type, data) {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(zlib.crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

const PNG_HEADER_END = 8 + 25;

/** A PNG whose header claims other dimensions than its data has. */
function pngClaiming(png, width, height) {
  const header = Buffer.from(png.subarray(16, 29));
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([png.subarray(0, 8), pngChunk('IHDR', header), png.subarray(PNG_HEADER_END)]);
}

/** A PNG with further chunks before its image data and after it. */
function pngWith(png, chunks) {
  const made = chunks.map(([type, data]) => pngChunk(type, data));
  const end = png.length - 12;
  return Buffer.concat([
    png.subarray(0, PNG_HEADER_END),
    ...made,
    png.subarray(PNG_HEADER_END, end),
    ...made,
    png.subarray(end),
  ]);
}

function animatedPng(png) {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(2, 0);
  return Buffer.concat([
    png.subarray(0, PNG_HEADER_END),
    pngChunk('acTL', control),
    png.subarray(PNG_HEADER_END),
  ]);
}

/** A JPEG whose frame header (SOF0 or SOF2) claims other dimensions. */
function jpegClaiming(jpeg, width, height) {
  const copy = Buffer.from(jpeg);
  const frame = copy.findIndex((byte, i) => byte === 0xff && (copy[i + 1] === 0xc0 || copy[i + 1] === 0xc2));
  copy.writeUInt16BE(height, frame + 5);
  copy.writeUInt16BE(width, frame + 7);
  return copy;
}

/**
 * Average colour of a small area in the middle of each quarter: [top left, top right, bottom left, bottom
 * right].
 */
async function cornersOf(image) {
  const { data, info } = await sharp(image).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x, y) => [...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4)];
  const [left, right] = [Math.floor(info.width / 4), Math.floor((info.width * 3) / 4)];
  const [top, bottom] = [Math.floor(info.height / 4), Math.floor((info.height * 3) / 4)];
  return [at(left, top), at(right, top), at(left, bottom), at(right, bottom)];
}

async function pixelOf(image, x, y) {
  const { data } = await sharp(image)
    .ensureAlpha()
    .extract({ left: x, top: y, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data];
}

module.exports = {
  BLUE,
  GREEN,
  RED,
  YELLOW,
  animatedPng,
  animation,
  cornersOf,
  jpegClaiming,
  noise,
  padded,
  pixelOf,
  pngClaiming,
  pngWith,
  quarters,
  sharp,
};
