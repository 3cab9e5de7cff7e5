// SPDX-License-Identifier: MIT
'use strict';

/** What comes out is decoded and compared with what the picture looked like. */

const { INPUTS, TYPE_OF_EXTENSION, transforms } = require('./cases');
const { BLUE, GREEN, RED, YELLOW, quarters, sharp } = require('./images');

const QUARTERS = [RED, GREEN, BLUE, YELLOW];

// What is stored decides how it is read, the key's extension how it is written.
for (const [format, make] of Object.entries(INPUTS)) {
  for (const [extension, type] of Object.entries(TYPE_OF_EXTENSION)) {
    transforms(`${format} to ${extension}`, make, `a.${extension}`, 'fit-in/40x40', {
      type,
      size: [40, 30],
      corners: QUARTERS,
    });
  }
}

const EXTENSIONS = [
  'a.JPG',
  'a.jpeg',
  'a.JPEG',
  'a.gif',
  'a.tiff',
  'a.bmp',
  'a',
  'photo.png/a',
  'a.png.exe',
  'a.',
  'a.constructor',
];
for (const key of EXTENSIONS) {
  transforms('an extension written as jpeg', INPUTS.png, key, 'fit-in/40x40', {
    type: 'image/jpeg',
    size: [40, 30],
    corners: QUARTERS,
  });
}
transforms('an extension in capitals', INPUTS.jpeg, 'a.WebP', 'fit-in/40x40', {
  type: 'image/webp',
  size: [40, 30],
});

// 80 x 60 pixels: what each way of fitting makes of them, and that nothing is ever enlarged. Where that is
// the whole
// picture as it is, the original is delivered (smaller.test.js).
const SIZES = [
  ['40x40', [40, 40]],
  ['cover/40x40', [40, 40]],
  ['cover/20x60', [20, 60]],
  ['cover/200x200', [60, 60]],
  ['cover/160x90', [80, 45]],
  ['cover/1x4096', [1, 60]],
  ['cover/4096x1', [80, 1]],
  ['cover/1x1', [1, 1]],
  ['fit-in/40x40', [40, 30]],
  ['fit-in/4096x30', [40, 30]],
  ['fit-in/1x1', [1, 1]],
  ['fit-in/79x4096', [79, 59]],
  ['contain/40x40', [40, 40]],
  ['contain/200x200', [80, 80]],
  ['contain/200x100', [120, 60]],
  ['contain/10x60', [10, 60]],
];
for (const [size, expected] of SIZES) {
  transforms('a size', INPUTS.png, 'a.png', size, { type: 'image/png', size: expected });
}

transforms('contain pads a jpeg with white', INPUTS.jpeg, 'a.jpg', 'contain/40x40', {
  type: 'image/jpeg',
  size: [40, 40],
  pixels: [
    [20, 1, [255, 255, 255]],
    [20, 38, [255, 255, 255]],
    [8, 12, RED],
  ],
});
transforms('contain pads a png with nothing', INPUTS.jpeg, 'a.png', 'contain/40x40', {
  type: 'image/png',
  size: [40, 40],
  pixels: [
    [20, 1, [255, 255, 255, 0]],
    [8, 12, RED],
  ],
});
transforms('cover cuts the sides', () => quarters(120, 40).png().toBuffer(), 'a.png', '40x40', {
  type: 'image/png',
  size: [40, 40],
  corners: QUARTERS,
});
transforms('a thread keeps one pixel', () => quarters(2000, 2).png().toBuffer(), 'a.png', 'fit-in/100x100', {
  type: 'image/png',
  size: [100, 1],
});
transforms('a single pixel', () => quarters(1, 1).png().toBuffer(), 'a.webp', '4096x4096', {
  type: 'image/webp',
  size: [1, 1],
});
transforms('a large photograph', () => quarters(4500, 3000).jpeg().toBuffer(), 'a.jpg', 'fit-in/4096x4096', {
  type: 'image/jpeg',
  size: [4096, 2731],
  corners: QUARTERS,
});
transforms('a large avif', () => quarters(2000, 2000).jpeg().toBuffer(), 'a.avif', '1800x1800', {
  type: 'image/avif',
  size: [1800, 1800],
  corners: QUARTERS,
});

// What the stored quarters (a, b above; c, d below) look like upright: Exif 2.32, Orientation.
const UPRIGHT = { 1: 'abcd', 2: 'badc', 3: 'dcba', 4: 'cdab', 5: 'acbd', 6: 'cadb', 7: 'dbca', 8: 'bdac' };
const upright = (orientation) => [...UPRIGHT[orientation]].map((letter) => QUARTERS['abcd'.indexOf(letter)]);
for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
  transforms(
    `jpeg of orientation ${orientation}`,
    () => quarters(80, 60).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer(),
    'a.jpg',
    'fit-in/40x40',
    { type: 'image/jpeg', size: orientation > 4 ? [30, 40] : [40, 30], corners: upright(orientation) },
  );
}
for (const format of ['png', 'webp', 'avif', 'tiff']) {
  transforms(
    `${format} of orientation 6`,
    () => quarters(80, 60).withMetadata({ orientation: 6 })[format]().toBuffer(),
    'a.png',
    'fit-in/40x40',
    { type: 'image/png', size: [30, 40], corners: upright(6) },
  );
}
transforms(
  'a turned image that covers',
  () => quarters(80, 40).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer(),
  'a.jpg',
  'cover/20x40',
  { type: 'image/jpeg', size: [20, 40], corners: upright(6) },
);
transforms(
  'a turned image smaller than its box',
  () => quarters(80, 40).withMetadata({ orientation: 8 }).jpeg({ quality: 95 }).toBuffer(),
  'a.jpg',
  'cover/200x200',
  { type: 'image/jpeg', size: [40, 40] },
);

// Alpha: kept where the format has it, else on white.
const half = QUARTERS.map((colour) => colour.map((value) => Math.round((value + 255) / 2)));
const HALF_PNG = () => quarters(80, 60, { alpha: 128 }).png().toBuffer();
transforms('alpha on white', HALF_PNG, 'a.jpg', 'fit-in/40x40', {
  type: 'image/jpeg',
  size: [40, 30],
  corners: half,
});
for (const extension of ['png', 'webp', 'avif']) {
  transforms(`alpha to ${extension}`, HALF_PNG, `a.${extension}`, 'fit-in/40x40', {
    type: TYPE_OF_EXTENSION[extension],
    size: [40, 30],
    corners: QUARTERS.map((colour) => [...colour, 128]),
  });
}
transforms(
  'alpha of webp',
  () => quarters(80, 60, { alpha: 128 }).webp().toBuffer(),
  'a.jpg',
  'fit-in/40x40',
  { type: 'image/jpeg', size: [40, 30], corners: half },
);
transforms(
  'nothing but transparency',
  () => quarters(80, 60, { alpha: 0 }).png().toBuffer(),
  'a.jpg',
  'fit-in/40x40',
  { type: 'image/jpeg', size: [40, 30], corners: Array(4).fill([255, 255, 255]) },
);

// Colours: everything becomes 8 bit sRGB.
transforms('16 bit png', () => quarters(80, 60, { depth: 16 }).png().toBuffer(), 'a.png', 'fit-in/40x40', {
  type: 'image/png',
  size: [40, 30],
  corners: QUARTERS,
});
transforms(
  '16 bit png with alpha',
  () => quarters(80, 60, { depth: 16, alpha: 128 }).png().toBuffer(),
  'a.jpg',
  'fit-in/40x40',
  { type: 'image/jpeg', size: [40, 30], corners: half },
);
transforms('16 bit tiff', () => quarters(80, 60, { depth: 16 }).tiff().toBuffer(), 'a.webp', 'fit-in/40x40', {
  type: 'image/webp',
  size: [40, 30],
  corners: QUARTERS,
});
// Colours that can be printed: the others cannot come back from CMYK as they were.
const PRINTABLE = [
  [180, 70, 70],
  [80, 140, 90],
  [70, 90, 150],
  [200, 190, 100],
];
const cmyk = () => quarters(80, 60, { colours: PRINTABLE }).toColourspace('cmyk');
for (const extension of ['jpg', 'png', 'webp', 'avif']) {
  transforms(
    `CMYK jpeg to ${extension}`,
    () => cmyk().withIccProfile('cmyk').jpeg({ quality: 95 }).toBuffer(),
    `a.${extension}`,
    'fit-in/40x40',
    { type: TYPE_OF_EXTENSION[extension], size: [40, 30], corners: PRINTABLE, tolerance: 30 },
  );
}
transforms(
  'CMYK jpeg without a profile',
  () => cmyk().jpeg({ quality: 95 }).toBuffer(),
  'a.jpg',
  'fit-in/40x40',
  { type: 'image/jpeg', size: [40, 30], corners: PRINTABLE, tolerance: 30 },
);
transforms(
  'CMYK tiff',
  () => cmyk().withIccProfile('cmyk').tiff({ compression: 'lzw' }).toBuffer(),
  'a.tiff',
  'fit-in/40x40',
  { type: 'image/jpeg', size: [40, 30], corners: PRINTABLE, tolerance: 30 },
);
transforms(
  'Display P3',
  () => quarters(80, 60).withIccProfile('p3').png().toBuffer(),
  'a.png',
  'fit-in/40x40',
  { type: 'image/png', size: [40, 30], corners: QUARTERS },
);
const GREY = Array(4).fill([119, 119, 119]);
const grey = () =>
  sharp({ create: { width: 80, height: 60, channels: 3, background: '#777777' } }).toColourspace('b-w');
for (const [extension, type] of Object.entries(TYPE_OF_EXTENSION)) {
  transforms(`grey png to ${extension}`, () => grey().png().toBuffer(), `a.${extension}`, 'contain/40x40', {
    type,
    size: [40, 40],
    corners: GREY,
  });
}
transforms('grey jpeg', () => grey().jpeg().toBuffer(), 'a.jpg', '40x40', {
  type: 'image/jpeg',
  size: [40, 40],
  corners: GREY,
});
transforms('png of a palette', () => quarters(80, 60).png({ palette: true }).toBuffer(), 'a.jpg', '40x40', {
  type: 'image/jpeg',
  size: [40, 40],
  corners: QUARTERS,
});
transforms(
  'progressive jpeg',
  () => quarters(80, 60).jpeg({ progressive: true, quality: 95 }).toBuffer(),
  'a.jpg',
  '40x40',
  { type: 'image/jpeg', size: [40, 40], corners: QUARTERS },
);
transforms('interlaced png', () => quarters(80, 60).png({ progressive: true }).toBuffer(), 'a.jpg', '40x40', {
  type: 'image/jpeg',
  size: [40, 40],
  corners: QUARTERS,
});
transforms(
  'metadata of every kind',
  () =>
    quarters(80, 60)
      .withIccProfile('p3')
      .withXmp('<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .withExifMerge({
        IFD0: { Artist: 'Somebody' },
        IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' },
      })
      .jpeg()
      .toBuffer(),
  'a.webp',
  'fit-in/40x40',
  { type: 'image/webp', size: [40, 30] },
);
