// SPDX-License-Identifier: MIT
'use strict';

const { RESIZE_HEADER, header, withoutHeaders } = require('./headers');
const { allowedSizes } = require('./lengths');
const { canonicalPath, formatResize, keyPath, parsePath } = require('./url');

const READING_METHODS = ['GET', 'HEAD'];

const CACHED_BRIEFLY = 'public, max-age=300';
const CACHED_LONG = 'public, max-age=86400';

function badRequest(problem) {
  return {
    status: '400',
    statusDescription: 'Bad Request',
    headers: {
      ...header('content-type', 'text/plain; charset=utf-8'),
      ...header('cache-control', CACHED_BRIEFLY),
    },
    body: `${problem}\n`,
  };
}

/** A browser takes a path without a host for one of the same host. */
function redirect(location) {
  return {
    status: '301',
    statusDescription: 'Moved Permanently',
    headers: { ...header('location', location), ...header('cache-control', CACHED_LONG) },
  };
}

/** What answers a request for the target instead of the origin, or undefined. */
function refusal({ uri, origin }, target) {
  if (!target) {
    return badRequest(
      'no such image URL: expected /[fit-in/|contain/]{W}x{H}/{key}, with W and H from 1 to 4096',
    );
  }
  const sizes = allowedSizes(origin);
  if (target.resize && !sizes.has(target.resize)) {
    return badRequest(`no such size: W and H are each one of ${[...sizes.lengths].join(', ')}`);
  }
  const path = canonicalPath(target);
  return path === uri ? undefined : redirect(path);
}

/**
 * The headers that go to S3. A resize that the viewer sent is dropped. So is a range of an image to
 * transform: a part of the original is no use to it, and CloudFront cuts the range out of the whole answer
 * itself.
 */
function originHeaders(headers, resize) {
  if (!resize) {
    return withoutHeaders(headers, [RESIZE_HEADER]);
  }
  return {
    ...withoutHeaders(headers, [RESIZE_HEADER, 'range']),
    ...header(RESIZE_HEADER, formatResize(resize)),
  };
}

/**
 * Origin-request trigger: turns the URL of an image into the path of its S3 object. Paths that name none and
 * sizes that are not made are refused; another spelling of a path is redirected, so that each picture is
 * made and cached under one URL. The cache key stays that of the viewer's URL. Query strings never reach S3,
 * where they would mean something.
 */
async function originRequest(event) {
  const { request } = event.Records[0].cf;
  if (!READING_METHODS.includes(request.method) || request.uri === '/') {
    return { ...request, headers: originHeaders(request.headers) };
  }
  const target = parsePath(request.uri);
  const answer = refusal(request, target);
  if (answer) {
    return answer;
  }
  return {
    ...request,
    uri: keyPath(target.key),
    querystring: '',
    headers: originHeaders(request.headers, target.resize),
  };
}

module.exports = { originRequest };
