// SPDX-License-Identifier: MIT
'use strict';

const assert = require('node:assert');
const { after, before, test } = require('node:test');
const { BUCKET, Edge, requireFunction } = require('./edge');
const { FakeS3 } = require('./fake-s3');
const { ODD_PATHS, refusedPaths } = require('./hostile');

const { formatResize, keyPath, parsePath, parseResize } = requireFunction('./lib/url');

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
    const { status, body } = await edge.get(path);
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
    const { status, refused } = await edge.get(path);
    assert.ok(['200', '400', '404'].includes(status), `${JSON.stringify(path)}: ${status} ${refused ?? ''}`);
    for (const url of s3.requests) {
      assert.ok(
        new URL(url, s3.endpoint).pathname.startsWith(`/${BUCKET}/`),
        `${JSON.stringify(path)} asked for ${url}`,
      );
    }
  }
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
