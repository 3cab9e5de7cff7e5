// SPDX-License-Identifier: MIT
'use strict';

/**
 * An HTTP server that answers GET and HEAD as S3 does for objects with the bucket in the path: keys percent-
 * decoded once with '+' read as a space, ETag, ranges, conditions, 404 as XML. `requests` lists the raw paths
 * that it was asked for. A fault set for a key takes over its answers.
 */

const { createHash } = require('node:crypto');
const http = require('node:http');
const { once } = require('node:events');

const LAST_MODIFIED = 'Wed, 01 Jul 2026 10:00:00 GMT';

class FakeS3 {
  constructor() {
    this.objects = new Map();
    this.faults = new Map();
    this.requests = [];
    this.server = http.createServer((request, response) => this.answer(request, response));
  }

  async start() {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.endpoint = `http://127.0.0.1:${this.server.address().port}`;
  }

  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  put(bucket, key, body, headers = {}) {
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    this.objects.set(`${bucket}/${key}`, {
      body,
      headers: { etag, 'last-modified': LAST_MODIFIED, ...headers },
    });
  }

  answer(request, response) {
    this.requests.push(request.url);
    const path = request.url.split('?')[0];
    const name = decodeURIComponent(path.slice(1).replaceAll('+', ' '));
    const fault = this.faults.get(name);
    const object = this.objects.get(name);
    if (fault) {
      fault(request, response, object);
    } else if (!object) {
      this.refuse(response, 404, 'NoSuchKey');
    } else {
      this.deliver(request, response, object);
    }
  }

  refuse(response, status, code) {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
    );
  }

  deliver(request, response, { body, headers }) {
    if (request.headers['if-none-match'] === headers.etag) {
      response.writeHead(304, { etag: headers.etag, 'last-modified': headers['last-modified'] });
      response.end();
      return;
    }
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const part = range ? body.subarray(Number(range[1]), Number(range[2]) + 1) : body;
    response.writeHead(range ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      ...headers,
      'content-length': part.length,
      ...(range && { 'content-range': `bytes ${range[1]}-${range[2]}/${body.length}` }),
    });
    response.end(request.method === 'HEAD' ? undefined : part);
  }
}

module.exports = { FakeS3, LAST_MODIFIED };
