// SPDX-License-Identifier: MIT
'use strict';
// What the CloudFront Function of the frontend makes of each URL: runs the file as it stands in the template, with nothing of Node.js
// in reach, as at the edge.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const file = path.join(__dirname, '..', '..', 'functions', 'frontend-router', 'index.js');
const source = fs.readFileSync(file, 'utf8');
const handler = vm.runInNewContext(`${source}; handler`, {});

const PAGE = '/index.html';
const TABLE = [
  // pages
  ['/', PAGE],
  ['/login', PAGE],
  ['/login/', PAGE],
  ['/teams/7/members', PAGE],
  ['/docs/v1.2', PAGE],
  ['/releases/2026.11.28', PAGE],
  ['/invite/ann@example.com', PAGE],
  ['/invite/ann%40example.com', PAGE],
  ['/a.b/c', PAGE],
  ['/assets/', PAGE],
  ['/end.', PAGE],
  ['/a.thisisnoextension', PAGE],
  ['/api', PAGE],
  ['/.well-known/', PAGE],
  // files, there or not: the bucket answers
  ['/index.html', '/index.html'],
  ['/favicon.ico', '/favicon.ico'],
  ['/assets/index-4f3c.js', '/assets/index-4f3c.js'],
  ['/assets/index.js.map', '/assets/index.js.map'],
  ['/assets/missing.css', '/assets/missing.css'],
  ['/fonts/inter.woff2', '/fonts/inter.woff2'],
  ['/site.webmanifest', '/site.webmanifest'],
  ['/video.mp4', '/video.mp4'],
  ['/a/b.7z', '/a/b.7z'],
  ['/.well-known/security.txt', '/.well-known/security.txt'],
  ['/.well-known/apple-app-site-association', '/.well-known/apple-app-site-association'],
];

let failed = 0;
function check(name, holds) {
  if (holds) return;
  console.log(name);
  failed++;
}

for (const [uri, expected] of TABLE) {
  const request = { method: 'GET', uri, querystring: { q: { value: '1' } }, headers: { host: { value: 'app.example.com' } }, cookies: {} };
  const before = JSON.stringify({ ...request, uri: expected });
  const result = handler({ version: '1.0', context: { eventType: 'viewer-request' }, request });
  check(`${uri}: became ${result && result.uri}, not ${expected}`, result === request && result.uri === expected);
  check(`${uri}: something else than the URI was changed`, JSON.stringify(result) === before);
}
// "Quotas on CloudFront Functions": 10 KB.
check('the function is too large', Buffer.byteLength(source) <= 10240);
console.log(`${TABLE.length} URLs, ${failed} failures`);
process.exitCode = failed ? 1 : 0;
