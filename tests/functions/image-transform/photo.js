// SPDX-License-Identifier: MIT
'use strict';

/** One stored photograph (jpeg bytes under a .webp key), fresh for each test, and what is expected of it. */

const assert = require('node:assert');
const { after, afterEach, before, beforeEach } = require('node:test');
const { BUCKET, Edge } = require('./edge');
const { FakeS3 } = require('./fake-s3');
const { quarters, sharp } = require('./images');

const URL_PATH = '/fit-in/40x40/photo.webp';
const s3 = new FakeS3();
/** edge and photo are set when tests run. */
const fixture = { s3, URL_PATH, assertBriefly, assertImage, assertOriginal };

before(async () => {
  await s3.start();
  fixture.photo = await quarters(80, 60).jpeg().toBuffer();
});
beforeEach(() => {
  s3.put(BUCKET, 'photo.webp', fixture.photo, {
    'content-type': 'image/jpeg',
    'cache-control': 'public, max-age=600',
  });
  s3.requests.length = 0;
  fixture.edge = new Edge(s3, { client: { maxAttempts: 1 } });
});
afterEach(() => s3.faults.clear());
after(() => s3.stop());

async function assertImage({ status, headers, body }, width = 40) {
  assert.strictEqual(status, '200');
  assert.strictEqual(headers['content-type'], 'image/webp');
  assert.strictEqual((await sharp(body).metadata()).width, width);
}

function assertOriginal({ status, headers, body }, reason) {
  assert.strictEqual(status, '200');
  assert.strictEqual(headers['x-image-transform'], `original; ${reason}`);
  assert.strictEqual(headers['content-type'], 'image/jpeg');
  assert.ok(body.equals(fixture.photo));
}

/** What may be better next time is not kept for long, and cannot be renewed by a revalidation. */
function assertBriefly({ headers }) {
  assert.strictEqual(headers['cache-control'], 'public, max-age=60');
  assert.deepStrictEqual([headers.etag, headers['last-modified']], [undefined, undefined]);
}

module.exports = fixture;
