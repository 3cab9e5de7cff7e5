// SPDX-License-Identifier: MIT
'use strict';

/**
 * The folder that goes into the zip: made twice, it is the same; it holds what runs and little else; and it
 * runs.
 */

const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { createHash } = require('node:crypto');
const { spawn, spawnSync } = require('node:child_process');
const { text } = require('node:stream/consumers');
const { after, before, test } = require('node:test');
const { BUCKET, Edge, FUNCTION } = require('./edge');
const { FakeS3 } = require('./fake-s3');
const { padded, quarters, sharp } = require('./images');

const SCRIPT = path.resolve(FUNCTION, '../../script/package-image-transform');
const MAX_UNPACKED_BYTES = 40 * 1024 * 1024; // the zip may have 50 MB

const s3 = new FakeS3();
let folder;
before(async () => {
  await s3.start();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'image-transform-'));
});
after(async () => {
  fs.rmSync(folder, { recursive: true });
  await s3.stop();
});

function makePackage(name, npm = 'npm') {
  const env = { ...process.env, NPM: npm };
  return spawnSync(SCRIPT, name === undefined ? [] : [path.join(folder, name)], { encoding: 'utf8', env });
}

/** An npm that does more than it is told, in the folder that it installs into. */
function strangeNpm(commands) {
  const file = path.join(folder, 'strange-npm');
  fs.writeFileSync(file, `#!/bin/sh\nset -e\nnpm "$@"\ncd node_modules\n${commands}\n`, { mode: 0o755 });
  return file;
}

/** The npm of Debian 12, which knows neither --libc nor --os and --cpu. */
function npm9() {
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--silent', 'npm@9.2.0'], { cwd: folder, encoding: 'utf8' });
  assert.strictEqual(status, 0, stderr);
  const archive = path.join(folder, stdout.trim());
  assert.strictEqual(
    createHash('sha512').update(fs.readFileSync(archive)).digest('base64'),
    'oypVdaWGHDuV79RXLvp+B9gh6gDyAmoHKrQ0/JBYTWWx5D8/+AAxFdZC84fSIiyDdyW4qfrSyYGKhekxDOaMXQ==',
  );
  assert.strictEqual(spawnSync('tar', ['xzf', archive], { cwd: folder }).status, 0);
  fs.rmSync(archive);
  return path.join(folder, 'package', 'bin', 'npm-cli.js');
}

function filesOf(name) {
  const root = path.join(folder, name);
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

function fingerprint(name) {
  const hash = createHash('sha256');
  for (const file of filesOf(name)) {
    const full = path.join(folder, name, file);
    hash.update(`${file}\0${fs.statSync(full).mode.toString(8)}\0`).update(fs.readFileSync(full));
  }
  return hash.digest('hex');
}

test('the package is the same each time, also over an older one', () => {
  for (const name of ['first', 'second', 'first']) {
    const { status, stderr } = makePackage(name);
    assert.strictEqual(status, 0, stderr);
  }
  assert.strictEqual(fingerprint('first'), fingerprint('second'));
  assert.deepStrictEqual(fs.readdirSync(folder).sort(), ['first', 'second'], 'nothing else is left behind');
});

test('the package is the same with the npm of Debian 12', () => {
  const { status, stderr } = makePackage('by-npm-9', npm9());
  assert.strictEqual(status, 0, stderr);
  assert.strictEqual(fingerprint('by-npm-9'), fingerprint('first'));
});

test('what an npm installs for other platforms is not packed', () => {
  const others = 'cp -r @img/sharp-linux-x64 @img/sharp-linuxmusl-x64; cp -r @img/sharp-linux-x64 @img/sharp-darwin-arm64';
  const { status, stderr } = makePackage('with-musl', strangeNpm(others));
  assert.strictEqual(status, 0, stderr);
  assert.strictEqual(fingerprint('with-musl'), fingerprint('first'));
});

test('a package that cannot work is not made', () => {
  const cases = [
    ['rm -r @img/sharp-linux-x64', /@img\/sharp-linux-x64 is missing/],
    ['rm -r @img/sharp-libvips-linux-x64/lib/*.so*', /sharp does not load: /],
    ['mkdir left-pad; echo > left-pad/index.js', /left-pad does not belong into the package/],
    ['printf MZ > @img/sharp-linux-x64/lib/other.node', /other\.node is not compiled for Linux on x86_64/],
    [`sed -i 's/"version": "/&9/' semver/package.json`, /semver is version 9[0-9.]+, not /],
  ];
  for (const [commands, expected] of cases) {
    const { status, stderr } = makePackage('broken', strangeNpm(commands));
    assert.strictEqual(status, 1, stderr);
    assert.match(stderr, expected);
    assert.ok(!fs.existsSync(path.join(folder, 'broken')), 'nothing is left behind');
  }
});

test('the package has the function, sharp for Lambda, licences, and neither the SDK nor the runner', () => {
  const files = filesOf('first');
  const has = (pattern) => files.some((file) => pattern.test(file));
  for (const pattern of [
    /^index\.js$/,
    /^lib\/transform\.js$/,
    /sharp-linux-x64.*\.node$/,
    /libvips-cpp\.so/,
    /sharp\/LICENSE$/,
    /sharp-libvips-linux-x64\/README\.md$/,
  ]) {
    assert.ok(has(pattern), `${pattern} is missing`);
  }
  for (const pattern of [
    /^local\.js$/,
    /@aws-sdk/,
    /@smithy/,
    /tslib/,
    /musl|arm64|darwin|win32|wasm/,
    /\.d\.[cm]?ts$/,
    /\.map$/,
    /package-lock/,
    /\.npmrc/,
  ]) {
    assert.ok(!has(pattern), `${pattern} is not needed`);
  }
  const bytes = files.reduce((sum, file) => sum + fs.statSync(path.join(folder, 'first', file)).size, 0);
  assert.ok(bytes <= MAX_UNPACKED_BYTES, `${bytes} bytes`);
});

/** As in Lambda: the package and the SDK of the runtime, nothing from the source tree. */
test(
  'the package transforms an image',
  { skip: process.platform !== 'linux' || process.arch !== 'x64' },
  async () => {
    s3.put(BUCKET, 'photo.png', padded(await quarters(80, 60).png().toBuffer()));
    const request = new Edge(s3).requestFor('/20x20/photo.png');
    const script = `
    const [folder, request, client] = JSON.parse(process.argv[1]);
    const handlers = require(folder);
    const { createFetcher } = require(folder + '/lib/storage');
    const { createOriginResponse } = require(folder + '/lib/origin-response');
    if (typeof handlers.originResponse !== 'function') throw new Error('no handler');
    (async () => {
      const forwarded = await handlers.originRequest({ Records: [{ cf: { request } }] });
      const response = { status: '200', statusDescription: 'OK', headers: {} };
      const handler = createOriginResponse({ fetchObject: createFetcher(client) });
      console.log(JSON.stringify(await handler({ Records: [{ cf: { request: forwarded, response } }] })));
    })();`;
    const client = {
      endpoint: s3.endpoint,
      forcePathStyle: true,
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    };
    const child = spawn(
      process.execPath,
      ['-e', script, JSON.stringify([path.join(folder, 'first'), request, client])],
      {
        env: process.env, // whose NODE_PATH has the SDK
      },
    );
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    assert.notStrictEqual(stdout, '', stderr);
    const { width, height, format } = await sharp(Buffer.from(JSON.parse(stdout).body, 'base64')).metadata();
    assert.deepStrictEqual([width, height, format], [20, 20, 'png']);
  },
);

test('the script refuses to replace a folder that is something else, and no argument', () => {
  const other = path.join(folder, 'other');
  fs.mkdirSync(other);
  fs.writeFileSync(path.join(other, 'file'), 'precious');
  const refused = makePackage('other');
  assert.strictEqual(refused.status, 1);
  assert.match(refused.stderr, /holds something else/);
  assert.deepStrictEqual(fs.readdirSync(other), ['file']);
  const usage = makePackage();
  assert.strictEqual(usage.status, 2);
  assert.match(usage.stderr, /^usage: /);
});

test('the lock file names no registry', () => {
  assert.doesNotMatch(
    fs.readFileSync(path.join(FUNCTION, 'package-lock.json'), 'utf8'),
    /"resolved"|registry/,
  );
});
