// SPDX-License-Identifier: MIT
'use strict';

/** Originals that are delivered as they are, or barely not: animated, too large, no images, broken, bombs. */

const assert = require('node:assert');
const zlib = require('node:zlib');
const { test } = require('node:test');
const { INPUTS, MAX_BODY, TYPE_OF_EXTENSION, getImage, passes } = require('./cases');
const images = require('./images');
const { requireFunction } = require('./edge');
const { quarters, sharp } = images;

const { withoutText } = requireFunction('./lib/png');

// Too many bytes for the edge: the quality falls in steps, and the original is delivered where that is not
// enough.
const NEEDS_MORE = [
  ['jpg', 1200, { quality: 80, mozjpeg: true }],
  ['webp', 1100, { quality: 80 }],
  ['avif', 1500, { quality: 55, effort: 2 }],
  ['png', 560, { compressionLevel: 9 }],
];
for (const [extension, width, first] of NEEDS_MORE) {
  test(`noise that needs a lower quality as ${extension}`, async () => {
    const original = await images
      .noise(width + 1, width)
      .png({ compressionLevel: 1 })
      .toBuffer();
    const wanted = await sharp(original).toFormat(extension, first).toBuffer();
    assert.ok(wanted.length > MAX_BODY, `the first attempt has ${wanted.length} bytes`);
    const { body, headers } = await getImage(
      `/${width}x${width}/noise.${extension}`,
      `noise.${extension}`,
      original,
    );
    assert.strictEqual(headers['content-type'], TYPE_OF_EXTENSION[extension], headers['x-image-transform']);
    assert.ok(body.length <= MAX_BODY);
    assert.strictEqual((await sharp(body).metadata()).width, width);
  });
}
passes(
  'noise that stays too large',
  () => images.noise(2600, 2600).jpeg({ quality: 90 }).toBuffer(),
  'noise.jpg',
  /transformed image too large/,
  '2599x2599',
);
passes(
  'noise that stays too large as png',
  () => images.noise(1200, 1200).jpeg({ quality: 90 }).toBuffer(),
  'noise.png',
  /transformed image too large/,
  '4096x4096',
);

passes('an animated gif', () => images.animation(80, 60, 'gif'), 'a.gif', /animated/);
passes('an animated gif by another name', () => images.animation(80, 60, 'gif'), 'a.jpg', /animated/);
passes('an animated webp', () => images.animation(80, 60, 'webp'), 'a.webp', /animated/);
passes('an animated png', async () => images.animatedPng(await INPUTS.png()), 'a.png', /animated/);
passes(
  'an avif image sequence',
  async () => {
    const avif = await INPUTS.avif();
    avif.write('avis', 8, 'latin1');
    return avif;
  },
  'a.avif',
  /animated|not an image/,
);

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><image href="file:///etc/passwd"/></svg>';
passes('svg', () => Buffer.from(SVG), 'a.svg', /not an image/);
passes(
  'svg with a prologue',
  () =>
    Buffer.from(`<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n${SVG}`),
  'a.png',
  /not an image/,
);
passes('no bytes at all', () => Buffer.alloc(0), 'a.jpg', /not an image/);
passes('one byte', () => Buffer.from([0xff]), 'a.jpg', /not an image/);
passes('text', () => Buffer.from('hello, world\n'.repeat(100)), 'a.jpg', /not an image/);
passes('html', () => Buffer.from('<!doctype html><script>alert(1)</script>'), 'a.png', /not an image/);
passes(
  'a pdf',
  () => Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'),
  'report.pdf',
  /not an image/,
);
passes(
  'a portable pixmap',
  () => Buffer.concat([Buffer.from('P6 2 2 255\n'), Buffer.alloc(12)]),
  'a.png',
  /not an image/,
);
passes('zeros', () => Buffer.alloc(100_000), 'a.webp', /not an image/);
passes(
  'a jpeg signature and nothing else',
  () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  'a.jpg',
  /not an image/,
);
passes(
  'a png signature and nothing else',
  () => Buffer.from('89504e470d0a1a0a', 'hex'),
  'a.png',
  /not an image/,
);

const WHOLE = { ...INPUTS, 'interlaced png': () => quarters(80, 60).png({ progressive: true }).toBuffer() };
for (const [format, make] of Object.entries(WHOLE)) {
  for (const share of [0.1, 0.6]) {
    passes(
      `${format} cut off after ${share * 100} %`,
      async () => {
        const whole = await make();
        return whole.subarray(0, Math.floor(whole.length * share));
      },
      'a.png',
      /broken|not an image/,
    );
  }
}
passes(
  'png with a wrong checksum',
  async () => {
    const png = await INPUTS.png();
    png[png.indexOf('IDAT') + 8] ^= 0xff;
    return png;
  },
  'a.jpg',
  /broken/,
);

// Bombs: small files that claim or hold far more pixels than fit in memory.
const BOMBS = {
  'a png that claims 2,147,483,647 pixels a side': async () =>
    images.pngClaiming(await INPUTS.png(), 2147483647, 2147483647),
  'a png that claims 50,000 pixels a side': async () =>
    images.pngClaiming(await INPUTS.png(), 50_000, 50_000),
  'a jpeg that claims 65,500 pixels a side': async () =>
    images.jpegClaiming(await INPUTS.jpeg(), 65_500, 65_500),
  'a png of 8,000 by 8,000 equal pixels': () =>
    sharp({ create: { width: 8000, height: 8000, channels: 3, background: 'red' } })
      .png()
      .toBuffer(),
  'a webp of 16,383 by 1,600 equal pixels': () =>
    sharp({ create: { width: 16383, height: 1600, channels: 3, background: 'red' } })
      .webp({ effort: 0, lossless: true })
      .toBuffer(),
  'a gif that claims 65,535 pixels a side': async () => {
    const gif = await INPUTS.gif();
    const colours = 3 * 2 ** ((gif[10] & 7) + 1);
    for (const at of [6, gif.indexOf(0x2c, 13 + colours) + 5]) {
      // the screen's and the picture's descriptor
      gif.writeUInt16LE(65535, at);
      gif.writeUInt16LE(65535, at + 2);
    }
    return gif;
  },
  'an avif of 13 megapixels': () =>
    sharp({ create: { width: 3600, height: 3600, channels: 3, background: 'red' } })
      .avif({ effort: 0 })
      .toBuffer(),
  'a 16 bit png with more samples than memory': () =>
    sharp({ create: { width: 5000, height: 5000, channels: 4, background: 'red' } })
      .toColourspace('rgb16')
      .png({ compressionLevel: 1 })
      .toBuffer(),
};
for (const [name, make] of Object.entries(BOMBS)) {
  passes(name, make, 'a.jpg', /too many pixels|not an image/);
}

// Hundreds of small chunks of text that would each be inflated to megabytes: the decoder is not given them.
test('text in a png is not read', async () => {
  const png = await INPUTS.png();
  const bomb = zlib.deflateSync(Buffer.alloc(1_000_000));
  const texts = [
    ['tEXt', Buffer.from('Comment\0of no interest')],
    ['zTXt', Buffer.concat([Buffer.from('Comment\0\0'), bomb])],
    ['iTXt', Buffer.concat([Buffer.from('Comment\0\x01\0\0\0'), bomb])],
  ];
  const original = images.pngWith(
    png,
    Array.from({ length: 120 }, (_, i) => texts[i % texts.length]),
  );
  assert.ok(withoutText(Buffer.from(original)).equals(png), 'what is left is the image alone');
  const { headers } = await getImage('/fit-in/40x40/a.png', 'a.png', original);
  assert.strictEqual(headers['x-image-transform'], 'inside/40x40');
});
test('a png is the same without text where it has none, or is damaged', async () => {
  const png = await INPUTS.png();
  for (const length of [0, 7, 8, 12, 20, 33, 50, png.length - 5, png.length]) {
    const part = png.subarray(0, length);
    assert.ok(withoutText(Buffer.from(part)).equals(part), `${length} bytes`);
  }
});
for (const chunks of [
  [],
  [['tEXt', Buffer.from('a\0b')]],
  [
    ['gAMA', Buffer.from([0, 0, 0xb1, 0x8f])],
    ['zTXt', Buffer.alloc(5)],
  ],
]) {
  test(`a png with ${chunks.map(([type]) => type).join(' and ') || 'nothing'} between its chunks`, async () => {
    const original = images.padded(images.pngWith(await INPUTS.png(), chunks));
    const { headers } = await getImage('/fit-in/40x40/a.png', 'a.png', original);
    assert.strictEqual(headers['x-image-transform'], 'inside/40x40');
  });
}

test('images with random damage become an image or stay as they are', async () => {
  let state = 99;
  const next = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % limit;
  };
  for (const make of Object.values(WHOLE)) {
    const whole = await make();
    for (let round = 0; round < 60; round++) {
      const damaged = Buffer.from(whole);
      for (let i = 0; i <= next(4); i++) {
        damaged[next(damaged.length)] = next(256);
      }
      const { headers, body } = await getImage('/fit-in/40x40/a.webp', 'a.webp', damaged);
      if (headers['x-image-transform'].startsWith('original; ')) {
        assert.ok(body.equals(damaged));
      } else {
        assert.strictEqual((await sharp(body).metadata()).format, 'webp');
      }
    }
  }
});
