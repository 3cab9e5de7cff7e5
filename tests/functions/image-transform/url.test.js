// SPDX-License-Identifier: MIT
'use strict';

const assert = require('node:assert');
const { after, before, test } = require('node:test');
const { BUCKET, Edge, lengthsHeader, requireFunction } = require('./edge');
const { FakeS3 } = require('./fake-s3');
const { ODD_PATHS, refusedPaths } = require('./hostile');

const { canonicalPath, formatResize, keyPath, parsePath, parseResize } = requireFunction('./lib/url');

const s3 = new FakeS3();
let edge;
before(async () => {
  await s3.start();
  s3.put('other-bucket', 'secret.jpg', Buffer.from('secret'));
  s3.put(BUCKET, 'etc/passwd', Buffer.from('not this one'));
  edge = new Edge(s3);
});
after(() => s3.stop());

const FITS = [
  ['/320x240/photo.jpg', 'cover', 320, 240],
  ['/fit-in/320x240/photo.jpg', 'inside', 320, 240],
  ['/cover/320x240/photo.jpg', 'cover', 320, 240],
  ['/contain/320x240/photo.jpg', 'contain', 320, 240],
  ['/1x4096/photo.jpg', 'cover', 1, 4096],
];

for (const [path, fit, width, height] of FITS) {
  test(`${path} asks for ${fit} ${width} by ${height}`, () => {
    assert.deepStrictEqual(parsePath(path), { key: 'photo.jpg', resize: { fit, width, height } });
  });
}

test('a path without a size names the object itself', () => {
  assert.deepStrictEqual(parsePath('/avatars/7/photo.jpg'), { key: 'avatars/7/photo.jpg' });
});

for (const [path, key, size] of ODD_PATHS) {
  test(`${path.slice(0, 60)} names ${JSON.stringify(key.slice(0, 40))}`, () => {
    const parsed = parsePath(path);
    assert.strictEqual(parsed?.key, key);
    assert.strictEqual(parsed.resize && `${parsed.resize.width}x${parsed.resize.height}`, size);
    assert.strictEqual(decodeURIComponent(keyPath(key)), `/${key}`);
    assert.match(keyPath(key), /^[A-Za-z0-9%/._~-]+$/);
  });
}

test('what S3 is asked for is the key that the path names', async () => {
  for (const [path, key] of ODD_PATHS) {
    s3.requests.length = 0;
    s3.put(BUCKET, key, Buffer.from(`object ${key}`));
    const { status, body } = await edge.follow(path);
    assert.deepStrictEqual([status, body.toString()], ['200', `object ${key}`], path);
    for (const url of s3.requests) {
      assert.strictEqual(
        new URL(url, s3.endpoint).pathname.startsWith(`/${BUCKET}/`),
        true,
        `${path} asked for ${url}`,
      );
    }
  }
});

test('hostile paths, by the hundred, are refused and never reach the bucket', async () => {
  const paths = refusedPaths();
  assert.ok(paths.length >= 700, `${paths.length} paths`);
  s3.requests.length = 0;
  for (const path of paths) {
    const { status, headers, body, refused } = await edge.get(path);
    assert.strictEqual(status, '400', `${JSON.stringify(path).slice(0, 200)}: ${status} ${refused ?? ''}`);
    assert.strictEqual(headers['content-type'], 'text/plain; charset=utf-8');
    assert.ok(!body.includes('photo') && !body.includes('%'), 'the answer repeats nothing of the path');
  }
  assert.deepStrictEqual(s3.requests, []);
});

test('random paths end in an object of the bucket or in 400', async () => {
  const parts = [
    '/',
    '.',
    '..',
    '%',
    '%2e',
    '%2f',
    '%5c',
    '\\',
    '%00',
    '100x100',
    '0x0',
    'fit-in',
    'cover',
    'a.jpg',
    '+',
    ' ',
    'é',
    '?',
    '#',
    ':',
    '@',
    '%25',
    '%c0',
    '\r\n',
  ];
  let state = 7;
  const next = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % limit;
  };
  for (let i = 0; i < 3000; i++) {
    const path = `/${Array.from({ length: 1 + next(8) }, () => parts[next(parts.length)]).join('')}`;
    s3.requests.length = 0;
    const { status, refused } = await edge.follow(path);
    assert.ok(['200', '400', '404'].includes(status), `${JSON.stringify(path)}: ${status} ${refused ?? ''}`);
    for (const url of s3.requests) {
      assert.ok(
        new URL(url, s3.endpoint).pathname.startsWith(`/${BUCKET}/`),
        `${JSON.stringify(path)} asked for ${url}`,
      );
    }
  }
});

// Spellings of one picture: the first is its URL.
const SPELLINGS = [
  [
    '/100x100/a.jpg',
    '/cover/100x100/a.jpg',
    '/%31%30%30x100/a.jpg',
    '/100x100%2Fa.jpg',
    '/100x100/%61.jpg',
    '/100x100/a%2Ejpg',
  ],
  [
    '/fit-in/100x100/a.jpg',
    '/fit%2Din/100x100/a.jpg',
    '/fit-in%2f100x100%2fa.jpg',
    '/%66%69%74-in/100x100/%61%2e%6a%70%67',
  ],
  [
    '/contain/100x100/%C3%BC.jpg',
    '/contain/100x100/ü.jpg',
    '/contain/100x100/%c3%bc.jpg',
    '/contain/100x100/%c3%BC.jpg',
  ],
  ['/100x100/a%20b.jpg', '/100x100/a b.jpg', '/cover/100x100/a%20b.jpg'],
  ['/100x100/a%2Bb.jpg', '/100x100/a+b.jpg', '/100x100/a%2bb.jpg'],
  ["/100x100/it's(1)*!~.jpg", '/100x100/it%27s%281%29%2A%21%7E.jpg', "/100x100/it's(1)*%21~.jpg"],
  ['/photos/a.jpg', '/photos%2Fa.jpg', '/%70hotos/a.jpg'],
  ['/cover/a%26b.jpg', '/cover/a&b.jpg'],
];
for (const [canonical, ...others] of SPELLINGS) {
  test(`${canonical} is the one URL of its picture`, async () => {
    s3.put(BUCKET, parsePath(canonical).key, Buffer.from('object'));
    assert.strictEqual(canonicalPath(parsePath(canonical)), canonical);
    assert.strictEqual((await edge.get(canonical)).status, '200');
    for (const path of others) {
      s3.requests.length = 0;
      const { status, headers, body } = await edge.get(path, { querystring: 'v=1' });
      assert.deepStrictEqual([status, headers.location, body.length], ['301', canonical, 0], path);
      assert.match(headers['cache-control'], /max-age=86400/);
      assert.deepStrictEqual(s3.requests, [], 'nothing is read or made for it');
    }
  });
}

test('a redirect leads to a URL that is not redirected again, and stays on this host', async () => {
  for (const [path] of ODD_PATHS) {
    const { status, headers } = await edge.get(path);
    if (status === '301') {
      assert.match(headers.location, /^\/[^/\\]/, path);
      assert.notStrictEqual((await edge.get(headers.location)).status, '301', path);
      assert.deepStrictEqual(parsePath(headers.location), parsePath(path));
    }
  }
});

test('only sizes of the set are made', async () => {
  const usual = new Edge(s3, { s3: { customHeaders: {} } });
  s3.put(BUCKET, 'a.jpg', Buffer.from('object'));
  for (const [size, expected] of [
    ['320x240', '200'],
    ['fit-in/4096x16', '200'],
    ['contain/1200x800', '200'],
    ['321x240', '400'],
    ['320x241', '400'],
    ['fit-in/1x1', '400'],
    ['contain/4095x4096', '400'],
    ['cover/17x17', '400'],
  ]) {
    s3.requests.length = 0;
    const { status, body } = await usual.get(`/${size}/a.jpg`);
    assert.strictEqual(status, expected, size);
    if (expected === '400') {
      assert.match(body.toString(), /W and H are each one of 16, 24, .*, 4096\n/);
      assert.deepStrictEqual(s3.requests, []);
    }
  }
  assert.strictEqual((await usual.get('/a.jpg')).status, '200', 'the object itself has no size');
});

test('the origin says which sizes are made', async () => {
  const statusOf = async (value, size) => {
    const customHeaders = lengthsHeader(value);
    return (await new Edge(s3, { s3: { customHeaders } }).get(`/${size}/a.jpg`)).status;
  };
  s3.put(BUCKET, 'a.jpg', Buffer.from('object'));
  for (const [value, size, expected] of [
    ['100,200', '100x200', '200'],
    [' 100 , 200 ', '200x100', '200'],
    ['100,200', '320x240', '400'],
    ['7', '7x7', '200'],
    ['7', '7x8', '400'],
    ['*', '1234x4095', '200'],
    ['*', '4097x1', '400'],
    ['4096', '4096x4096', '200'],
    // What cannot be read is not taken for something that allows more.
    ['', '320x240', '200'],
    ['', '321x240', '400'],
    ['100,', '321x100', '400'],
    ['100,x', '321x240', '400'],
    ['0', '321x240', '400'],
    ['4097', '321x240', '400'],
    ['-1,*', '321x240', '400'],
    ['321;240', '321x240', '400'],
    [Array.from({ length: 201 }, (_, i) => i + 300).join(), '321x341', '400'],
  ]) {
    assert.strictEqual(await statusOf(value, size), expected, `${size} of "${value}"`);
  }
});

test('a viewer cannot choose which sizes are made', async () => {
  const usual = new Edge(s3, { s3: { customHeaders: {} } });
  const { status } = await usual.get('/321x241/a.jpg', { headers: { 'X-Image-Transform-Lengths': '*' } });
  assert.strictEqual(status, '400');
});

test('a resize survives its way through a header, and nothing else is taken for one', () => {
  for (const [path] of FITS) {
    const { resize } = parsePath(path);
    assert.deepStrictEqual(parseResize(formatResize(resize)), resize);
  }
  for (const text of [
    '',
    'cover',
    'cover/',
    '/1x1',
    'fill/1x1',
    'cover/0x0',
    'cover/4097x1',
    'cover/1x1/',
    'cover/1x1\r\n',
    'cover/1x1 ',
    'COVER/1x1',
    'constructor/1x1',
  ]) {
    assert.strictEqual(parseResize(text), undefined, text);
  }
});
