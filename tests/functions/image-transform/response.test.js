// SPDX-License-Identifier: MIT
'use strict';

/** The HTTP side of the two triggers: methods, headers, conditions, ranges, query strings, statuses. */

const assert = require('node:assert');
const http = require('node:http');
const { spawnSync } = require('node:child_process');
const { test } = require('node:test');
const { BUCKET, FUNCTION, requireFunction } = require('./edge');
const { LAST_MODIFIED } = require('./fake-s3');
const { padded, quarters } = require('./images');
const fixture = require('./photo');
const { URL_PATH, assertImage, s3 } = fixture;

test('the object itself is delivered untouched', async () => {
  const result = await fixture.edge.get('/photo.webp');
  assert.ok(result.body.equals(fixture.photo));
  assert.strictEqual(result.headers['content-type'], 'image/jpeg');
  assert.strictEqual(result.headers['x-image-transform'], undefined);
  assert.strictEqual(s3.requests.length, 1, 'the function itself reads nothing');
});

test('the headers describe the transformed image and keep the rest', async () => {
  s3.put(BUCKET, 'photo.webp', fixture.photo, {
    'content-type': 'image/jpeg',
    'cache-control': 'public, max-age=600',
    'content-disposition': 'inline',
    'access-control-allow-origin': '*',
    vary: 'Origin',
    'x-amz-server-side-encryption': 'AES256',
  });
  const result = await fixture.edge.get(URL_PATH);
  await assertImage(result);
  const { headers } = result;
  assert.strictEqual(headers['x-image-transform'], 'inside/40x40');
  assert.strictEqual(headers['cache-control'], 'public, max-age=600');
  assert.strictEqual(headers['content-disposition'], 'inline');
  assert.strictEqual(headers['access-control-allow-origin'], '*');
  assert.strictEqual(headers.vary, 'Origin');
  assert.strictEqual(headers['content-length'], undefined, 'the length of the original would be wrong');
  assert.strictEqual(headers['last-modified'], LAST_MODIFIED);
  assert.match(headers.etag, /^"[0-9a-f]{32}"$/);
});

test('a content encoding of the original does not describe the transformed image', async () => {
  s3.put(BUCKET, 'photo.webp', fixture.photo, {
    'content-type': 'image/jpeg',
    'content-encoding': 'identity',
  });
  const result = await fixture.edge.get(URL_PATH);
  await assertImage(result);
  assert.strictEqual(result.headers['content-encoding'], undefined);
});

test('what S3 answers to a revalidation passes', async () => {
  const first = await fixture.edge.get(URL_PATH);
  const second = await fixture.edge.get(URL_PATH, { headers: { 'If-None-Match': first.headers.etag } });
  assert.deepStrictEqual([second.status, second.body.length], ['304', 0]);
  assert.strictEqual(second.headers.etag, first.headers.etag);
});

test('a changed original is transformed again', async () => {
  const first = await fixture.edge.get(URL_PATH);
  s3.put(BUCKET, 'photo.webp', padded(await quarters(20, 20).png().toBuffer()));
  const second = await fixture.edge.get(URL_PATH, { headers: { 'If-None-Match': first.headers.etag } });
  await assertImage(second, 20);
  assert.notStrictEqual(second.headers.etag, first.headers.etag);
});

test('a range of a transformed image is answered with the whole', async () => {
  const result = await fixture.edge.get(URL_PATH, { headers: { Range: 'bytes=0-99' } });
  await assertImage(result);
  assert.strictEqual(result.forwarded.headers.range, undefined, 'S3 need not cut a part that is of no use');
  assert.strictEqual(result.headers['content-range'], undefined);
});

test('a range of the object itself stays one', async () => {
  const { status, body } = await fixture.edge.get('/photo.webp', { headers: { Range: 'bytes=0-99' } });
  assert.strictEqual(status, '206');
  assert.ok(body.equals(fixture.photo.subarray(0, 100)));
});

test('a part of the original that S3 delivered all the same is replaced by the whole image', async () => {
  s3.faults.set(`${BUCKET}/photo.webp`, (request, response, object) => {
    s3.faults.clear();
    request.headers.range = 'bytes=0-9';
    s3.deliver(request, response, object);
  });
  const result = await fixture.edge.get(URL_PATH);
  await assertImage(result);
  assert.strictEqual(result.headers['content-range'], undefined);
});

test('HEAD has the headers of GET and no body', async () => {
  const get = await fixture.edge.get(URL_PATH);
  const head = await fixture.edge.get(URL_PATH, { method: 'HEAD' });
  assert.deepStrictEqual([head.status, head.body.length], ['200', 0]);
  const { date: _, ...expected } = get.headers;
  const { date: __, ...actual } = head.headers;
  assert.deepStrictEqual(actual, expected);
});

for (const method of ['OPTIONS', 'PUT', 'POST', 'DELETE', 'PATCH']) {
  test(`${method} is not rewritten`, async () => {
    const request = fixture.edge.requestFor('/100x100/../photo.webp', { method });
    const result = await fixture.edge.originRequest({ Records: [{ cf: { request } }] });
    assert.deepStrictEqual(result, request);
  });
}

test('the root of the bucket is left to S3', async () => {
  assert.strictEqual((await fixture.edge.get('/')).status, '404');
});

test('query strings do not reach S3', async () => {
  for (const path of [URL_PATH, '/photo.webp']) {
    await fixture.edge.get(path, { querystring: 'versionId=1&response-content-type=text/html' });
  }
  assert.ok(
    s3.requests.every((url) => !/versionId|response-content-type|acl/.test(url)),
    s3.requests.join(' '),
  );
});

test('a viewer cannot ask for a resize by a header', async () => {
  const sent = { 'X-Image-Transform': 'cover/10x10' };
  assert.ok((await fixture.edge.get('/photo.webp', { headers: sent })).body.equals(fixture.photo));
  await assertImage(await fixture.edge.get(URL_PATH, { headers: sent }));
});

for (const value of [
  '',
  'cover',
  'cover/0x0',
  'cover/99999x1',
  'fill/10x10',
  'cover/10x10\u0000',
  '__proto__/1x1',
]) {
  test(`the resize ${JSON.stringify(value)} in an event is ignored`, async () => {
    const request = {
      ...fixture.edge.requestFor('/photo.webp'),
      headers: { 'x-image-transform': [{ key: 'X-Image-Transform', value }] },
    };
    const response = { status: '200', statusDescription: 'OK', headers: {} };
    assert.deepStrictEqual(
      await fixture.edge.originResponse({ Records: [{ cf: { request, response } }] }),
      response,
    );
    assert.deepStrictEqual(s3.requests, []);
  });
}

test('a key in an event that could leave the bucket is ignored', async () => {
  const headers = { 'x-image-transform': [{ key: 'X-Image-Transform', value: 'cover/10x10' }] };
  const response = { status: '200', statusDescription: 'OK', headers: {} };
  for (const uri of [
    '/../other-bucket/secret.jpg',
    '/%2e%2e/secret.jpg',
    '//a',
    '/a%00',
    '/%',
    'photo.webp',
  ]) {
    const request = { ...fixture.edge.requestFor(uri), headers };
    assert.deepStrictEqual(
      await fixture.edge.originResponse({ Records: [{ cf: { request, response } }] }),
      response,
    );
  }
  assert.deepStrictEqual(s3.requests, []);
});

test('a missing object is a 404 of S3, and the function reads nothing', async () => {
  const { status, body } = await fixture.edge.get('/100x100/missing.jpg');
  assert.strictEqual(status, '404');
  assert.match(body.toString(), /NoSuchKey/);
  assert.strictEqual(s3.requests.length, 1);
});

for (const status of [301, 403, 412, 416, 500, 503]) {
  test(`the status ${status} of S3 passes`, async () => {
    s3.faults.set(`${BUCKET}/photo.webp`, (_, response) => s3.refuse(response, status, 'Refused'));
    const result = await fixture.edge.get(URL_PATH);
    assert.strictEqual(result.status, String(status));
    assert.match(result.body.toString(), /Refused/);
    assert.strictEqual(s3.requests.length, 1);
  });
}

test('an unknown failure also delivers the original', async () => {
  const { createOriginResponse } = requireFunction('./lib/origin-response');
  const failing = createOriginResponse({ fetchObject: async () => ({ body: null }), log: () => {} });
  const headers = { 'x-image-transform': [{ key: 'X-Image-Transform', value: 'cover/10x10' }] };
  const response = { status: '200', statusDescription: 'OK', headers: {} };
  const result = await failing({
    Records: [{ cf: { request: { ...fixture.edge.requestFor('/photo.webp'), headers }, response } }],
  });
  assert.strictEqual(result.status, '200');
  assert.match(result.headers['x-image-transform'][0].value, /^original; /);
});

test('the rewriting function loads neither sharp nor the SDK', () => {
  const script = `require(${JSON.stringify(FUNCTION)}).originRequest;
    process.exit(Object.keys(require.cache).some((file) => /node_modules/.test(file)) ? 1 : 0)`;
  assert.strictEqual(spawnSync(process.execPath, ['-e', script]).status, 0);
});

test('both handlers are functions of the package', () => {
  const handlers = requireFunction('./index');
  assert.deepStrictEqual(Object.keys(handlers), ['originRequest', 'originResponse']);
  assert.strictEqual(typeof handlers.originRequest, 'function');
  assert.strictEqual(typeof handlers.originResponse, 'function');
  assert.strictEqual(handlers.originResponse, handlers.originResponse);
});

test('the fake S3 reads a plus sign as S3 does', async () => {
  s3.put(BUCKET, 'a b', Buffer.from('space'));
  const answer = await new Promise((resolve) => http.get(`${s3.endpoint}/${BUCKET}/a+b`, resolve));
  assert.strictEqual(answer.statusCode, 200);
  answer.resume();
});
