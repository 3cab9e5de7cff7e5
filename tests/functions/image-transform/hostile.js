// SPDX-License-Identifier: MIT
'use strict';

/** Paths that somebody might try, made from parts so that there are hundreds of them. */

const DOTS = [
  '..',
  '.',
  '%2e%2e',
  '%2E%2E',
  '.%2e',
  '%2e.',
  '%2e',
  '..%2f',
  '%2e%2e%2f',
  '..\\',
  '..%5c',
  '%2e%2e%5c',
];
const PREFIXES = ['', '100x100/', 'fit-in/100x100/', 'cover/100x100/', 'contain/100x100/'];
const TAILS = ['secret.jpg', 'other-bucket/secret.jpg', 'a/../../other-bucket/secret.jpg', 'etc/passwd'];

function* dotSegments() {
  for (const prefix of PREFIXES) {
    for (const dots of DOTS) {
      for (const tail of TAILS) {
        yield `/${prefix}${dots}/${tail}`;
        yield `/${prefix}a/${dots}/${dots}/${tail}`;
      }
    }
  }
}

const BAD_SIZES = [
  '0x0',
  '0x100',
  '100x0',
  '4097x1',
  '1x4097',
  '5000x5000',
  '99999999999999999999x1',
  `${'9'.repeat(400)}x1`,
  '0100x100',
  '100x0100',
  '00x00',
  '0000001x1',
  '4096x04096',
  '%30x0',
  '%35000x5000',
  '0%780',
];

function* badSizes() {
  for (const size of BAD_SIZES) {
    for (const prefix of ['', 'fit-in/', 'cover/', 'contain/']) {
      yield `/${prefix}${size}/photo.jpg`;
    }
  }
}

const BAD_ENCODINGS = [
  '%',
  '%0',
  '%zz',
  '%%',
  '%c0%af',
  '%c0%ae%c0%ae',
  '%e0%80%af',
  '%ff',
  '%fe%ff',
  '%ed%a0%80',
  '%f5%80%80%80',
  '%80',
  '%u002e',
  '%2',
  '%c3',
  '%c3%28',
  '\ud800',
  'a\udfff',
];
const CONTROLS = [
  '%00',
  '%00.jpg',
  'photo.jpg%00.png',
  '%0d%0aSet-Cookie:%20a=b',
  '%0a',
  '%0d',
  '%09',
  '%1b',
  '%7f',
  '\0',
  '\r\n',
  '\t',
];
const EMPTY_SEGMENTS = [
  '/photo.jpg',
  'a//photo.jpg',
  'photo.jpg/',
  '/',
  '//',
  '%2f',
  '%2fphoto.jpg',
  'a%2f%2fphoto.jpg',
  '%5cphoto.jpg',
  '\\photo.jpg',
  'a\\..\\photo.jpg',
  `/${'//'.repeat(100)}`,
];

function* badKeys() {
  for (const prefix of PREFIXES.slice(1)) {
    for (const key of [
      '',
      ...BAD_ENCODINGS,
      ...CONTROLS,
      ...EMPTY_SEGMENTS,
      'a'.repeat(1025),
      'é'.repeat(513),
      '😀'.repeat(257),
    ]) {
      yield `/${prefix}${key}`;
    }
  }
  for (const key of [...BAD_ENCODINGS, ...CONTROLS, ...EMPTY_SEGMENTS.slice(1), 'a'.repeat(1025)]) {
    yield `/${key}`;
  }
  yield* [
    '',
    'photo.jpg',
    '100x100/photo.jpg',
    '*',
    'http://elsewhere.example/100x100/photo.jpg',
    '/100x100',
    '/fit-in/100x100',
    '//100x100/photo.jpg',
    '/100x100/http:%2F%2Felsewhere.example',
    '//elsewhere.example/photo.jpg',
  ];
}

/** Paths that must be refused with 400. */
function refusedPaths() {
  return [...new Set([...dotSegments(), ...badSizes(), ...badKeys()])];
}

/** Paths that look odd but name an object: each with the key that it names, and the size where it has one. */
const ODD_PATHS = [
  ['/100x100/a%20b.jpg', 'a b.jpg', '100x100'],
  ['/100x100/a+b.jpg', 'a+b.jpg', '100x100'],
  ['/a+b.jpg', 'a+b.jpg'],
  ['/100x100/a%2Bb.jpg', 'a+b.jpg', '100x100'],
  ['/100x100/%252e%252e/x.jpg', '%2e%2e/x.jpg', '100x100'],
  ['/100x100/100%25.jpg', '100%.jpg', '100x100'],
  ['/100x100/%2541.jpg', '%41.jpg', '100x100'],
  ['/100x100/a%2Fb.jpg', 'a/b.jpg', '100x100'],
  ['/100x100/a%3Fb%23c.jpg', 'a?b#c.jpg', '100x100'],
  ['/100x100/a&b=c;d,e.jpg', 'a&b=c;d,e.jpg', '100x100'],
  ["/100x100/it's(1)*!.jpg", "it's(1)*!.jpg", '100x100'],
  ['/100x100/%C3%BC.jpg', 'ü.jpg', '100x100'],
  ['/100x100/ü.jpg', 'ü.jpg', '100x100'],
  ['/100x100/u%CC%88.jpg', 'u\u0308.jpg', '100x100'],
  ['/100x100/%F0%9F%98%80.jpg', '😀.jpg', '100x100'],
  ['/100x100/%E2%80%AEgpj.exe', '\u202egpj.exe', '100x100'],
  ['/100x100/%EF%BB%BFa.jpg', '\ufeffa.jpg', '100x100'],
  ['/%31%30%30x100/a.jpg', 'a.jpg', '100x100'],
  ['/100x100%2Fa.jpg', 'a.jpg', '100x100'],
  ['/100x100/200x200/a.jpg', '200x200/a.jpg', '100x100'],
  ['/100x100/0x0/a.jpg', '0x0/a.jpg', '100x100'],
  ['/100x100/cover/50x50/a.jpg', 'cover/50x50/a.jpg', '100x100'],
  ['/100x100/fit-in/a.jpg', 'fit-in/a.jpg', '100x100'],
  ['/100x100/200x200', '200x200', '100x100'],
  ['/100x100/...', '...', '100x100'],
  ['/100x100/..a/b..', '..a/b..', '100x100'],
  ['/100x100/.hidden', '.hidden', '100x100'],
  ['/100x100/http:/elsewhere/a.jpg', 'http:/elsewhere/a.jpg', '100x100'],
  ['/1x1/a.jpg', 'a.jpg', '1x1'],
  ['/4096x4096/a.jpg', 'a.jpg', '4096x4096'],
  [`/100x100/${'a'.repeat(1024)}`, 'a'.repeat(1024), '100x100'],
  ['/cover/a.jpg', 'cover/a.jpg'],
  ['/fit-in/contain/100x100/a.jpg', 'fit-in/contain/100x100/a.jpg'],
  ['/cover', 'cover'],
  ['/100X100/a.jpg', '100X100/a.jpg'],
  ['/-1x-1/a.jpg', '-1x-1/a.jpg'],
  ['/+1x+1/a.jpg', '+1x+1/a.jpg'],
  ['/1e3x1e3/a.jpg', '1e3x1e3/a.jpg'],
  ['/0x10x10/a.jpg', '0x10x10/a.jpg'],
  ['/100x/a.jpg', '100x/a.jpg'],
  ['/x100/a.jpg', 'x100/a.jpg'],
  ['/100.5x100/a.jpg', '100.5x100/a.jpg'],
  ['/100x100 /a.jpg', '100x100 /a.jpg'],
  ['/１００x１００/a.jpg', '１００x１００/a.jpg'],
  ['/١٠٠x١٠٠/a.jpg', '١٠٠x١٠٠/a.jpg'],
  ['/100×100/a.jpg', '100×100/a.jpg'],
  ['/NaNxNaN/a.jpg', 'NaNxNaN/a.jpg'],
  ['/InfinityxInfinity/a.jpg', 'InfinityxInfinity/a.jpg'],
  ['/__proto__/100x100/a.jpg', '__proto__/100x100/a.jpg'],
  ['/constructor/100x100/a.jpg', 'constructor/100x100/a.jpg'],
  ['/FIT-IN/100x100/a.jpg', 'FIT-IN/100x100/a.jpg'],
];

module.exports = { ODD_PATHS, refusedPaths };
