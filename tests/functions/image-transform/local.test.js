// SPDX-License-Identifier: MIT
'use strict';

/**
 * The runner for one's own machine: events in, responses out, as a person or another program would call it.
 */

const assert = require('node:assert');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { after, before, test } = require('node:test');
const { once } = require('node:events');
const { text } = require('node:stream/consumers');
const { BUCKET, Edge, FUNCTION } = require('./edge');
const { FakeS3 } = require('./fake-s3');
const { padded, quarters, sharp } = require('./images');

const s3 = new FakeS3();
let edge;
before(async () => {
  await s3.start();
  s3.put(BUCKET, 'photo.png', padded(await quarters(80, 60).png().toBuffer()));
  edge = new Edge(s3);
});
after(() => s3.stop());

async function local(args, input, env = {}) {
  const child = spawn(process.execPath, [path.join(FUNCTION, 'local.js'), ...args], {
    env: { ...process.env, ...env },
  });
  child.stdin.on('error', () => {}); // a child that only complains reads nothing
  child.stdin.end(input);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { status, stdout, stderr };
}

const eventFor = (cf) => JSON.stringify({ Records: [{ cf }] });

async function responseEvent() {
  const { stdout } = await local(
    ['originRequest'],
    eventFor({ request: edge.requestFor('/20x20/photo.png') }),
  );
  return eventFor({
    request: JSON.parse(stdout),
    response: { status: '200', statusDescription: 'OK', headers: {} },
  });
}

test('originRequest rewrites the request of an event', async () => {
  const { status, stdout } = await local(
    ['originRequest'],
    eventFor({ request: edge.requestFor('/20x20/photo.png') }),
  );
  assert.strictEqual(status, 0);
  assert.strictEqual(JSON.parse(stdout).uri, '/photo.png');
});

for (const how of ['an option', 'the environment']) {
  test(`originResponse reads from an endpoint given by ${how}`, async () => {
    const byOption = how === 'an option';
    const { status, stdout, stderr } = await local(
      ['originResponse', ...(byOption ? ['--s3-endpoint', s3.endpoint] : [])],
      await responseEvent(),
      byOption ? {} : { IMAGE_TRANSFORM_S3_ENDPOINT: s3.endpoint },
    );
    assert.strictEqual(status, 0, stderr);
    const response = JSON.parse(stdout);
    const { width, height, format } = await sharp(Buffer.from(response.body, 'base64')).metadata();
    assert.deepStrictEqual([width, height, format], [20, 20, 'png']);
  });
}

test('an endpoint that nobody answers at gives the original', async () => {
  const { status, stdout, stderr } = await local(
    ['originResponse', '--s3-endpoint', 'http://127.0.0.1:1'],
    await responseEvent(),
  );
  assert.strictEqual(status, 0);
  assert.strictEqual(JSON.parse(stdout).headers['x-image-transform'][0].value, 'original; storage failed');
  assert.match(stderr, /ECONNREFUSED/);
});

for (const args of [
  [],
  ['nothing'],
  ['constructor'],
  ['originRequest', 'more'],
  ['originRequest', '--unknown'],
  ['originRequest', '--package'],
  ['originResponse', '--s3-endpoint', 'no url'],
  ['originResponse', '--s3-endpoint'],
]) {
  test(`the arguments [${args}] are refused`, async () => {
    const { status, stdout, stderr } = await local(args, '');
    assert.strictEqual(status, 2);
    assert.strictEqual(stdout, '');
    assert.match(stderr, /^usage: /);
  });
}

for (const input of ['', '{', 'null', '{}', '{"Records": []}']) {
  test(`the event ${JSON.stringify(input)} is an error`, async () => {
    const { status, stdout, stderr } = await local(['originRequest'], input);
    assert.strictEqual(status, 1);
    assert.strictEqual(stdout, '');
    assert.match(stderr, /^originRequest: .+\n$/);
  });
}
