// SPDX-License-Identifier: MIT
'use strict';

/**
 * CloudFront as far as the two triggers see it: runs originRequest, sends what it returned to the fake S3,
 * runs originResponse on the answer. What CloudFront refuses becomes a 502, by the rules of "Restrictions on
 * all edge functions", "Quotas on Lambda@Edge" and "Lambda@Edge event structure".
 */

const http = require('node:http');
const path = require('node:path');
const { createRequire } = require('node:module');
const { once } = require('node:events');
const { buffer } = require('node:stream/consumers');

const FUNCTION = path.resolve(__dirname, '../../../functions/image-transform');
const requireFunction = createRequire(path.join(FUNCTION, 'index.js'));

const BUCKET = 'tango-media';
const DISALLOWED = new RegExp(
  '^(connection|expect|keep-alive|proxy-.*|trailer|upgrade|x-accel-.*|x-amz-cf-.*|x-amzn-.*|x-cache' +
    '|x-edge-.*|x-forwarded-proto|x-real-ip)$',
);
const READ_ONLY_IN_REQUEST = [
  'accept-encoding',
  'content-length',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'transfer-encoding',
  'via',
];
const READ_ONLY_IN_RESPONSE = ['transfer-encoding', 'via'];
const MAX_GENERATED_BYTES = 1_000_000;
const MAX_URI_LENGTH = 8192;
const HOP_HEADERS = ['connection', 'keep-alive', 'transfer-encoding'];

class Refused extends Error {}

function check(condition, message) {
  if (!condition) {
    throw new Refused(message);
  }
}

function toEvent(headers) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      [{ key: name, value: String(value) }],
    ]),
  );
}

function fromEvent(headers) {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, values]) => [name, values[0].value]));
}

function checkHeaders(before, after, readOnly) {
  for (const [name, values] of Object.entries(after ?? {})) {
    check(name === name.toLowerCase() && Array.isArray(values), `header ${name} has no list of values`);
    check(!DISALLOWED.test(name), `header ${name} is disallowed`);
    for (const { key, value } of values) {
      check(key.toLowerCase() === name && typeof value === 'string', `header ${name} is malformed`);
      check(!/[\r\n\0]/.test(value), `header ${name} breaks its line`);
    }
  }
  for (const name of readOnly) {
    check(JSON.stringify(before?.[name]) === JSON.stringify(after?.[name]), `header ${name} is read-only`);
  }
}

function checkRequest(before, after) {
  checkHeaders(before.headers, after.headers, READ_ONLY_IN_REQUEST);
  check(after.uri.startsWith('/') && after.uri.length < MAX_URI_LENGTH, 'the URI is malformed');
  // What HTTP allows in a path, so that it also cannot break the request line.
  check(/^[\x21-\x7e]*$/.test(after.uri) && !/[?#]/.test(after.uri), 'the URI is not a path');
  check(after.method === before.method && after.clientIp === before.clientIp, 'a read-only field changed');
}

function checkGenerated(response) {
  check(/^[2-5]\d\d$/.test(response.status), 'the status is malformed');
  if (response.body === undefined) {
    return;
  }
  const size = response.body.length + JSON.stringify(response.headers ?? {}).length;
  check(size <= MAX_GENERATED_BYTES, `the response has ${size} bytes`);
  check(
    response.bodyEncoding !== 'base64' || /^[A-Za-z0-9+/]*={0,2}$/.test(response.body),
    'the body is not base64',
  );
}

/** The origin's custom header that says which widths and heights a URL may ask for. */
function lengthsHeader(value) {
  return { 'x-image-transform-lengths': [{ key: 'X-Image-Transform-Lengths', value }] };
}

class Edge {
  constructor(s3, options = {}) {
    const { originRequest } = requireFunction('./lib/origin-request');
    const { createOriginResponse } = requireFunction('./lib/origin-response');
    const { createFetcher } = requireFunction('./lib/storage');
    const client = {
      endpoint: s3.endpoint,
      forcePathStyle: true,
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    };
    this.s3 = s3;
    this.logs = [];
    this.remainingMs = 30_000;
    this.originRequest = originRequest;
    this.originResponse = createOriginResponse({
      fetchObject: createFetcher({ ...client, ...options.client }),
      log: (line) => this.logs.push(line),
    });
    this.origin = {
      s3: {
        authMethod: 'none',
        customHeaders: lengthsHeader('*'),
        domainName: `${BUCKET}.s3.eu-west-1.amazonaws.com`,
        path: '',
        region: '',
        ...options.s3,
      },
    };
  }

  requestFor(uri, { method = 'GET', headers = {}, querystring = '' } = {}) {
    return {
      clientIp: '203.0.113.178',
      method,
      uri,
      querystring,
      headers: toEvent({
        Host: this.origin.s3.domainName,
        'User-Agent': 'Amazon CloudFront',
        Via: '2.0 x.cloudfront.net (CloudFront)',
        ...headers,
      }),
      origin: structuredClone(this.origin),
    };
  }

  async fetchOrigin(request) {
    const { host: _, ...headers } = fromEvent(request.headers);
    const query = request.querystring ? `?${request.querystring}` : '';
    const sent = http.request(`${this.s3.endpoint}`, {
      method: request.method,
      headers,
      path: `/${BUCKET}${request.origin.s3.path}${request.uri}${query}`,
    });
    sent.end();
    const [answer] = await once(sent, 'response');
    const body = await buffer(answer);
    const shown = Object.fromEntries(
      Object.entries(answer.headers).filter(([name]) => !HOP_HEADERS.includes(name)),
    );
    return {
      body,
      response: {
        status: String(answer.statusCode),
        statusDescription: answer.statusMessage,
        headers: toEvent({ ...shown, via: 'S3' }),
      },
    };
  }

  async run(request) {
    const config = {
      distributionDomainName: 'd111111abcdef8.cloudfront.net',
      distributionId: 'E',
      requestId: 'r',
    };
    const eventOf = (eventType, cf) => ({
      Records: [{ cf: structuredClone({ config: { ...config, eventType }, ...cf }) }],
    });
    const context = { getRemainingTimeInMillis: () => this.remainingMs };
    const forwarded = await this.originRequest(eventOf('origin-request', { request }), context);
    if (forwarded.status) {
      checkHeaders({}, forwarded.headers, ['content-length', ...READ_ONLY_IN_RESPONSE]);
      checkGenerated(forwarded);
      return {
        status: forwarded.status,
        headers: fromEvent(forwarded.headers),
        body: Buffer.from(forwarded.body ?? ''),
      };
    }
    checkRequest(request, forwarded);
    const { body, response } = await this.fetchOrigin(forwarded);
    const final = await this.originResponse(
      eventOf('origin-response', { request: forwarded, response }),
      context,
    );
    checkHeaders(response.headers, final.headers, READ_ONLY_IN_RESPONSE);
    checkGenerated(final);
    return {
      status: final.status,
      headers: fromEvent(final.headers),
      body:
        final.body === undefined
          ? body
          : Buffer.from(final.body, final.bodyEncoding === 'base64' ? 'base64' : 'utf8'),
      forwarded,
    };
  }

  /** As get(), and goes where a redirect leads, as a browser does; `moved` says where that was. */
  async follow(uri, options) {
    const first = await this.get(uri, options);
    return first.status === '301'
      ? { ...(await this.get(first.headers.location, options)), moved: first.headers.location }
      : first;
  }

  /**
   * The response that a viewer gets for a path: { status, headers, body }; status '502' with `refused` for a
   * rule broken.
   */
  async get(uri, options) {
    try {
      return await this.run(this.requestFor(uri, options));
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      return { status: '502', headers: {}, body: Buffer.alloc(0), refused: error.message };
    }
  }
}

module.exports = { BUCKET, Edge, FUNCTION, lengthsHeader, requireFunction };
