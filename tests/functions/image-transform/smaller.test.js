// SPDX-License-Identifier: MIT
'use strict';

/**
 * What is sent is never larger than the original for the same or fewer pixels, and keeps what made that one
 * small.
 */

const assert = require('node:assert');
const { test } = require('node:test');
const { INPUTS, passes, sent } = require('./cases');
const images = require('./images');
const { quarters, sharp } = images;

/** A drawing of few colours, with edges. */
function drawing(width, height) {
  const data = Buffer.alloc(width * height * 3, 255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = (x - width / 3) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2;
      const colour = inside
        ? [200, 50, 50]
        : Math.abs((x * height) / width - y) < 5
          ? [50, 50, 150]
          : [255, 255, 255];
      data.set(colour, (y * width + x) * 3);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Waves and some noise, as a photograph has them. */
function photograph(width, height) {
  const data = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      const grain = 100 + (state >>> 27);
      const waves = [Math.sin(x / 40), Math.sin(y / 30), Math.cos((x + y) / 50)];
      data.set(
        waves.map((wave) => grain + 60 * wave),
        (y * width + x) * 3,
      );
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

const SIZES = [
  'fit-in/399x299',
  'fit-in/320x240',
  'fit-in/200x150',
  'fit-in/100x75',
  '100x100',
  '399x150',
  'contain/300x300',
];

for (const colours of [2, 4, 8, 16, 200]) {
  test(`a png with a palette of ${colours} colours keeps one`, async () => {
    const make = () => drawing(400, 300).png({ palette: true, colours, effort: 10 }).toBuffer();
    let made = 0;
    for (const size of SIZES) {
      const { original, body, what } = await sent(make, 'a.png', size);
      assert.ok(what.startsWith('original; smaller as it is') ? body.equals(original) : true, what);
      assert.strictEqual((await sharp(body).metadata()).isPalette, true, size);
      made += !what.startsWith('original');
    }
    assert.ok(made >= 3, `${made} of ${SIZES.length} sizes became smaller`);
  });
}

for (const quality of [20, 40, 60, 80, 95]) {
  test(`a jpeg of quality ${quality} does not grow`, async () => {
    const make = () => photograph(400, 300).jpeg({ quality }).toBuffer();
    for (const size of SIZES) {
      const { what } = await sent(make, 'a.jpg', size);
      assert.doesNotMatch(what, /original/, `quality ${quality} at ${size}: something smaller can be made`);
    }
  });
}

test('nor does anything else that is stored, whatever it is written as', async () => {
  const make = {
    'jpeg of quality 40': () => photograph(400, 300).jpeg({ quality: 40 }).toBuffer(),
    'webp of quality 20': () => photograph(400, 300).webp({ quality: 20 }).toBuffer(),
    'avif of quality 20': () => photograph(400, 300).avif({ quality: 20, effort: 2 }).toBuffer(),
    'lossless webp': () => drawing(400, 300).webp({ lossless: true }).toBuffer(),
    gif: () => drawing(400, 300).gif().toBuffer(),
    'grey png': () => photograph(400, 300).toColourspace('b-w').png({ compressionLevel: 9 }).toBuffer(),
    'equal pixels': () =>
      sharp({ create: { width: 400, height: 300, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
  };
  for (const original of Object.values(make)) {
    for (const extension of ['jpg', 'png', 'webp', 'avif']) {
      for (const size of SIZES) {
        await sent(original, `a.${extension}`, size);
      }
    }
  }
});

test('a grey png stays grey', async () => {
  const make = () => photograph(400, 300).toColourspace('b-w').png().toBuffer();
  const { body, what } = await sent(make, 'a.png', 'fit-in/200x200');
  assert.deepStrictEqual([what, (await sharp(body).metadata()).channels], ['inside/200x200', 1]);
});

test('more pixels than the original has may take more bytes', async () => {
  const original = await sharp({ create: { width: 400, height: 4, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const { getImage } = require('./cases');
  const { headers, body } = await getImage('/contain/400x400/a.png', 'a.png', original);
  assert.strictEqual(headers['x-image-transform'], 'contain/400x400');
  assert.strictEqual((await sharp(body).metadata()).height, 400);
});

test('what browsers do not show is replaced, even by more bytes', async () => {
  const original = await drawing(400, 300).tiff({ compression: 'deflate' }).toBuffer();
  const { getImage } = require('./cases');
  const { headers, body } = await getImage('/fit-in/399x299/a.tiff', 'a.tiff', original);
  assert.deepStrictEqual([headers['content-type'], body.length > original.length], ['image/jpeg', true]);
});

// A box that is not smaller than the picture: nothing is to be done, whatever the picture looks like inside.
const SAME = {
  jpg: INPUTS.jpeg,
  png: INPUTS.png,
  webp: INPUTS.webp,
  avif: INPUTS.avif,
};
for (const [extension, make] of Object.entries(SAME)) {
  for (const size of [
    'fit-in/80x60',
    'fit-in/200x200',
    'fit-in/4096x60',
    '80x60',
    '160x120',
    'contain/80x60',
    'contain/800x600',
  ]) {
    passes(
      `a box that holds the whole ${extension}`,
      async () => images.padded(await make()),
      `a.${extension}`,
      /not larger than asked for/,
      size,
    );
  }
}
passes(
  'a turned picture in a box that holds it upright',
  () => quarters(80, 60).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  'a.jpg',
  /not larger than asked for/,
  '60x80',
);

/**
 * A progressive jpeg with so many scans: each of the added ones says of all blocks that they do not change.
 */
async function jpegWithScans(count) {
  const jpeg = await quarters(80, 60).jpeg({ progressive: true }).toBuffer();
  const present = [...jpeg.keys()].filter((i) => jpeg[i] === 0xff && jpeg[i + 1] === 0xda).length;
  const component = jpeg[jpeg.indexOf(Buffer.from([0xff, 0xc2])) + 10];
  // One code, "0", for a run of 2^14 blocks and more without a coefficient (T.81, annex G.1.2.2).
  const table = Buffer.from([0xff, 0xc4, 0, 20, 0x10, 1, ...Array(15).fill(0), 0xe0]);
  const scan = Buffer.from([0xff, 0xda, 0, 8, 1, component, 0, 1, 63, 0, 0, 1]);
  return Buffer.concat([
    jpeg.subarray(0, -2),
    table,
    ...Array(count - present).fill(scan),
    jpeg.subarray(-2),
  ]);
}

test('a jpeg of 100 scans is an image', async () => {
  const { what } = await sent(async () => images.padded(await jpegWithScans(100)), 'a.jpg', '40x40');
  assert.strictEqual(what, 'cover/40x40');
});
for (const scans of [101, 5000]) {
  passes(
    `a jpeg of ${scans} scans`,
    async () => images.padded(await jpegWithScans(scans)),
    'a.jpg',
    /too many scans/,
  );
}
passes(
  'a jpeg of 101 scans by another name',
  async () => images.padded(await jpegWithScans(101)),
  'a.png',
  /too many scans/,
);

test('the preview inside a jpeg has scans of its own', async () => {
  const jpeg = await photograph(400, 300).jpeg().toBuffer();
  const preview = Buffer.concat([Buffer.from('Exif\0\0'), Buffer.alloc(2000, Buffer.from([0xff, 0xda]))]);
  const header = Buffer.from([0xff, 0xe1, 0, 0]);
  header.writeUInt16BE(preview.length + 2, 2);
  const original = Buffer.concat([jpeg.subarray(0, 2), header, preview, jpeg.subarray(2)]);
  assert.strictEqual((await sent(() => original, 'a.jpg', '40x40')).what, 'cover/40x40');
});
