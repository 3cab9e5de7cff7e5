// SPDX-License-Identifier: MIT
'use strict';

/** The bucket behind an event, and what is delivered when S3 fails or time runs out. */

const assert = require('node:assert');
const { once } = require('node:events');
const { test } = require('node:test');
const { BUCKET, Edge, requireFunction } = require('./edge');
const { noise, padded, quarters } = require('./images');
const fixture = require('./photo');
const { URL_PATH, assertBriefly, assertImage, assertOriginal, s3 } = fixture;

const { bucketOf, MAX_SOURCE_BYTES } = requireFunction('./lib/storage');

/** CloudFront's own request succeeds; the one of the function meets the fault. */
function faultForFunction(fault) {
  s3.faults.set(`${BUCKET}/photo.webp`, (request, response, object) => {
    const own = request.headers.authorization !== undefined; // only the function's request is signed here
    return own ? fault(request, response, object) : s3.deliver(request, response, object);
  });
}

const FAULTS = {
  'refuses access': (_, response) => s3.refuse(response, 403, 'AccessDenied'),
  'has lost the object': (_, response) => s3.refuse(response, 404, 'NoSuchKey'),
  'is slowing down': (_, response) => s3.refuse(response, 503, 'SlowDown'),
  'has an internal error': (_, response) => s3.refuse(response, 500, 'InternalError'),
  'answers with garbage': (_, response) => {
    response.writeHead(500, { 'content-type': 'text/html' });
    response.end('<html>');
  },
  'closes the connection': (request) => request.socket.destroy(),
  'stops in the middle of the body': (_, response, { body }) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, 100), () => response.destroy());
  },
  'redirects elsewhere': (_, response) => {
    response.writeHead(307, { location: 'http://127.0.0.1:1/' });
    response.end();
  },
};
for (const [name, fault] of Object.entries(FAULTS)) {
  test(`the original is delivered when S3 ${name}`, async () => {
    faultForFunction(fault);
    const result = await fixture.edge.get(URL_PATH);
    assertOriginal(result, 'storage failed');
    assertBriefly(result);
    assert.match(fixture.edge.logs.join(), /"key":"photo.webp","reason":"storage failed","cause":"/);
  });
}

test('the original is delivered when S3 answers too slowly', async () => {
  faultForFunction(() => {});
  fixture.edge.remainingMs = 5200; // what is kept in reserve, and a little
  const result = await fixture.edge.get(URL_PATH);
  assertOriginal(result, 'out of time');
  assertBriefly(result);
});

test('the original is delivered when the body of S3 never ends', async () => {
  let closed;
  faultForFunction((_, response, { body }) => {
    closed = once(response, 'close');
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, 100));
  });
  fixture.edge.remainingMs = 5200;
  assertOriginal(await fixture.edge.get(URL_PATH), 'out of time');
  await closed; // the function hangs up: nothing goes on behind its back
});

test('the original is delivered when hardly any time is left', async () => {
  fixture.edge.remainingMs = 100;
  const result = await fixture.edge.get(URL_PATH);
  assertOriginal(result, 'out of time');
  assertBriefly(result);
});

test('an encoder that takes too long is not waited for', async () => {
  const large = await noise(3000, 3000).jpeg({ quality: 40 }).toBuffer();
  s3.put(BUCKET, 'large.avif', large);
  fixture.edge.remainingMs = 5050;
  const { status, headers, body } = await fixture.edge.get('/3000x3000/large.avif');
  assert.strictEqual(status, '200');
  assert.strictEqual(headers['x-image-transform'], 'original; out of time');
  assert.ok(body.equals(large));
});

test('an original over the limit is delivered without being read again', async () => {
  s3.put(BUCKET, 'huge.jpg', Buffer.alloc(MAX_SOURCE_BYTES + 1), { 'content-type': 'image/jpeg' });
  const { status, headers, body } = await fixture.edge.get('/100x100/huge.jpg');
  assert.deepStrictEqual([status, body.length], ['200', MAX_SOURCE_BYTES + 1]);
  assert.strictEqual(headers['x-image-transform'], 'original; too large');
  assert.strictEqual(s3.requests.length, 1);
});

test('an original that grew over the limit meanwhile is not read', async () => {
  let sent = 0;
  faultForFunction((_, response) => {
    response.writeHead(200, { 'content-length': 10 * MAX_SOURCE_BYTES });
    const send = () => {
      sent += 65536;
      response.write(
        Buffer.alloc(65536),
        (error) => error || sent >= 10 * MAX_SOURCE_BYTES || setImmediate(send),
      );
    };
    send();
  });
  assertOriginal(await fixture.edge.get(URL_PATH), 'too large');
  assert.ok(sent < MAX_SOURCE_BYTES, `${sent} bytes were sent`);
});

test('an original that was replaced meanwhile is described by its own validators', async () => {
  const other = padded(await quarters(20, 20).png().toBuffer());
  faultForFunction((_, response) => {
    response.writeHead(200, {
      'content-length': other.length,
      etag: '"other"',
      'last-modified': 'Thu, 02 Jul 2026 10:00:00 GMT',
    });
    response.end(other);
  });
  const result = await fixture.edge.get(URL_PATH);
  await assertImage(result, 20);
  assert.strictEqual(result.headers.etag, '"other"');
  assert.strictEqual(result.headers['last-modified'], 'Thu, 02 Jul 2026 10:00:00 GMT');
});

test('the path of the origin is part of the key', async () => {
  s3.put(BUCKET, 'media/a/photo.webp', padded(await quarters(30, 30).png().toBuffer()));
  const inFolder = new Edge(s3, { s3: { path: '/media' } });
  await assertImage(await inFolder.get('/fit-in/40x40/a/photo.webp'), 30);
});

test('an origin that is not S3 is left alone', async () => {
  const custom = new Edge(s3, { s3: { domainName: 'images.example.com' } });
  const { status, body } = await custom.get(URL_PATH);
  assert.strictEqual(status, '200');
  assert.ok(body.equals(fixture.photo));
});

const DOMAINS = [
  ['tango-media.s3.eu-west-1.amazonaws.com', '', 'tango-media', 'eu-west-1'],
  ['tango-media.s3.us-gov-west-1.amazonaws.com', '', 'tango-media', 'us-gov-west-1'],
  ['tango-media.s3-ap-southeast-2.amazonaws.com', '', 'tango-media', 'ap-southeast-2'],
  ['tango-media.s3.dualstack.eu-west-1.amazonaws.com', '', 'tango-media', 'eu-west-1'],
  ['tango-media.s3.amazonaws.com', 'eu-north-1', 'tango-media', 'eu-north-1'],
  ['tango-media.s3.amazonaws.com', '', 'tango-media', 'us-east-1'],
  ['media.example.com.s3.eu-west-1.amazonaws.com', '', 'media.example.com', 'eu-west-1'],
  [
    'a.s3.eu-west-1.amazonaws.com.s3.us-east-1.amazonaws.com',
    '',
    'a.s3.eu-west-1.amazonaws.com',
    'us-east-1',
  ],
];
for (const [domainName, region, bucket, expected] of DOMAINS) {
  test(`${domainName} is the bucket ${bucket} in ${expected}`, () => {
    assert.deepStrictEqual(bucketOf({ s3: { domainName, region, path: '' } }), {
      bucket,
      region: expected,
      prefix: '',
    });
  });
}
for (const domainName of [
  '',
  's3.amazonaws.com',
  '.s3.amazonaws.com',
  'a.s3.example.com',
  'a.s3.eu-west-1.amazonaws.com.example.com',
  'A.s3.amazonaws.com',
  'tango-media.s3.eu-west-1.amazonaws.com:443',
  'tango-media.s3-website-eu-west-1.amazonaws.com',
  'a/b.s3.amazonaws.com',
]) {
  test(`${JSON.stringify(domainName)} is no bucket`, () => {
    assert.strictEqual(bucketOf({ s3: { domainName } }), undefined);
  });
}
