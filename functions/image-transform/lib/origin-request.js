// SPDX-License-Identifier: MIT
'use strict';

const { RESIZE_HEADER, header, withoutHeaders } = require('./headers');
const { formatResize, keyPath, parsePath } = require('./url');

const READING_METHODS = ['GET', 'HEAD'];

const BAD_REQUEST = {
  status: '400',
  statusDescription: 'Bad Request',
  headers: {
    ...header('content-type', 'text/plain; charset=utf-8'),
    ...header('cache-control', 'public, max-age=300'),
  },
  body: 'no such image URL: expected /[fit-in/|cover/|contain/]{W}x{H}/{key}, with W and H from 1 to 4096\n',
};

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
 * Origin-request trigger: turns the URL of an image into the path of its S3 object, and refuses paths that
 * name none. The cache key stays that of the viewer's URL. Query strings never reach S3, where they would
 * mean something.
 */
async function originRequest(event) {
  const { request } = event.Records[0].cf;
  if (!READING_METHODS.includes(request.method) || request.uri === '/') {
    return { ...request, headers: originHeaders(request.headers) };
  }
  const target = parsePath(request.uri);
  if (!target) {
    return structuredClone(BAD_REQUEST);
  }
  return {
    ...request,
    uri: keyPath(target.key),
    querystring: '',
    headers: originHeaders(request.headers, target.resize),
  };
}

module.exports = { originRequest };
