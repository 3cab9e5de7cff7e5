// SPDX-License-Identifier: MIT
'use strict';

/** Cases of real images that go through both triggers, each of them one test. */

const assert = require('node:assert');
const { after, before, test } = require('node:test');
const { BUCKET, Edge } = require('./edge');
const { FakeS3 } = require('./fake-s3');
const images = require('./images');
const { quarters, sharp } = images;

const s3 = new FakeS3();
let edge;
before(async () => {
  await s3.start();
  edge = new Edge(s3);
});
after(() => s3.stop());

const FORMAT_OF_TYPE = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'heif',
};
const MAX_BODY = 750_000;

function assertColour(actual, expected, tolerance, what) {
  const opaque = expected.length === 3 ? [...expected, 255] : expected;
  opaque.forEach((value, i) => {
    assert.ok(Math.abs(actual[i] - value) <= tolerance, `${what}: ${actual} is not ${opaque}`);
  });
}

async function assertColours(image, { corners = [], pixels = [], tolerance = 14 }) {
  const actual = await images.cornersOf(image);
  corners.forEach((colour, i) => assertColour(actual[i], colour, tolerance, `corner ${i}`));
  for (const [x, y, colour] of pixels) {
    assertColour(await images.pixelOf(image, x, y), colour, tolerance, `pixel ${x},${y}`);
  }
}

async function getImage(url, key, original) {
  s3.put(BUCKET, key, original);
  const result = await edge.follow(url);
  assert.strictEqual(result.status, '200', result.refused);
  return result;
}

/** What is stored under which key, the size in the URL, and what the answer looks like when decoded. */
function transforms(name, make, key, size, expected) {
  test(`${name}: /${size}/${key}`, async () => {
    const original = images.padded(await make());
    const { headers, body } = await getImage(`/${size}/${key}`, key, original);
    assert.match(headers['x-image-transform'], /^(cover|contain|inside)\//, headers['x-image-transform']);
    const header = await sharp(body).metadata();
    assert.strictEqual(headers['content-type'], expected.type);
    assert.strictEqual(header.format, FORMAT_OF_TYPE[expected.type]);
    assert.deepStrictEqual([header.width, header.height], expected.size);
    assert.strictEqual(header.depth, 'uchar');
    for (const kind of ['exif', 'xmp', 'iptc', 'icc', 'orientation']) {
      assert.strictEqual(header[kind], undefined, `there is ${kind} metadata`);
    }
    assert.ok(body.length <= MAX_BODY);
    await assertColours(body, expected);
  });
}

/** The original is delivered, byte for byte, for the reason that the answer gives. */
function passes(name, make, key, reason, size = '40x40') {
  test(`${name} is passed through: /${size}/${key}`, async () => {
    const original = await make();
    s3.put(BUCKET, key, original, { 'content-type': 'x-stored/type' });
    const { status, headers, body, refused } = await edge.follow(`/${size}/${key}`);
    assert.strictEqual(status, '200', refused);
    assert.match(headers['x-image-transform'], reason);
    assert.ok(body.equals(original), 'the bytes are the original ones');
    assert.strictEqual(headers['content-type'], 'x-stored/type');
    assert.strictEqual(headers['cache-control'], undefined, 'this will not change with the next request');
  });
}

/** What goes through both triggers is smaller than its original, or is the original. */
async function sent(make, key, size) {
  const original = await make();
  const { headers, body } = await getImage(`/${size}/${key}`, key, original);
  assert.ok(body.length <= original.length, `${body.length} bytes made of ${original.length}`);
  return { original, body, what: headers['x-image-transform'] };
}

/** An original of each format that is read. */
const INPUTS = {
  jpeg: () => quarters(80, 60).jpeg({ quality: 95 }).toBuffer(),
  png: () => quarters(80, 60).png().toBuffer(),
  webp: () => quarters(80, 60).webp({ quality: 95 }).toBuffer(),
  avif: () => quarters(80, 60).avif({ quality: 90 }).toBuffer(),
  gif: () => quarters(80, 60).gif().toBuffer(),
  tiff: () => quarters(80, 60).tiff().toBuffer(),
};
const TYPE_OF_EXTENSION = { jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp', avif: 'image/avif' };

module.exports = { INPUTS, MAX_BODY, TYPE_OF_EXTENSION, getImage, passes, sent, transforms };
