// SPDX-License-Identifier: MIT
'use strict';

const { withDeadline } = require('./deadline');
const { RESIZE_HEADER, getHeader, header, withoutHeaders } = require('./headers');
const { MAX_SOURCE_BYTES, bucketOf } = require('./storage');
const { transform } = require('./transform');
const { Unchanged } = require('./unchanged');
const { decodePath, formatResize, isSafeKey, parseResize } = require('./url');

/** What is left of the function's 30 s when the original is given back instead. */
const MARGIN_MS = 5000;
const DEFAULT_REMAINING_MS = 30_000;

/** These describe the original's bytes, not the ones that replace them; CloudFront sets the length itself. */
const BODY_HEADERS = ['content-encoding', 'content-length', 'content-range', 'content-type'];
const VALIDATORS = ['etag', 'last-modified'];
const TRANSIENT_CACHE_CONTROL = 'public, max-age=60';

/** The object and the resize that an event asks for, or undefined where there is no image to transform. */
function wanted({ request, response }) {
  const resize = parseResize(getHeader(request.headers, RESIZE_HEADER) ?? '');
  const bucket = bucketOf(request.origin);
  const path = decodePath(request.uri);
  const delivered = ['200', '206'].includes(response.status) && ['GET', 'HEAD'].includes(request.method);
  if (!resize || !bucket || !delivered || path === undefined || !isSafeKey(path)) {
    return undefined;
  }
  const key = bucket.prefix ? `${bucket.prefix}/${path}` : path;
  return { resize, object: { ...bucket, key } };
}

/**
 * The validators stay those of the original: CloudFront revalidates with them, and S3's answer 304 then
 * renews the transformed image without a new transformation.
 */
function transformed({ request, response }, resize, image, original) {
  const replaced = {
    ...response,
    status: '200',
    statusDescription: 'OK',
    headers: {
      ...withoutHeaders(response.headers, [...BODY_HEADERS, ...VALIDATORS]),
      ...header('content-type', image.contentType),
      ...header('etag', original.etag),
      ...header('last-modified', original.lastModified?.toUTCString()),
      ...header(RESIZE_HEADER, formatResize(resize)),
    },
  };
  return request.method === 'HEAD'
    ? replaced
    : { ...replaced, body: image.body.toString('base64'), bodyEncoding: 'base64' };
}

/**
 * The original as S3 sent it. After a transient failure it is cached briefly and without validators:
 * revalidated by them, it would stay in the place of the transformed image for good.
 */
function untransformed(response, { message, transient }) {
  const headers = { ...response.headers, ...header(RESIZE_HEADER, `original; ${message}`) };
  if (!transient) {
    return { ...response, headers };
  }
  return {
    ...response,
    headers: { ...withoutHeaders(headers, VALIDATORS), ...header('cache-control', TRANSIENT_CACHE_CONTROL) },
  };
}

function refuseLargeBody(headers) {
  if (Number(getHeader(headers, 'content-length')) > MAX_SOURCE_BYTES) {
    throw new Unchanged('too large');
  }
}

function logUntransformed(log, { key }, { message, cause }) {
  log(JSON.stringify({ message: 'delivered the original', key, reason: message, cause: cause?.message }));
}

/**
 * Makes the origin-response trigger: replaces the original that S3 delivered by the image that the URL asked
 * for. Whatever goes wrong, the original is delivered instead: no viewer sees an error of this function.
 */
function createOriginResponse({ fetchObject, log = console.warn }) {
  const transformObject = async ({ object, resize }, signal) => {
    const original = await fetchObject(object, signal);
    return { original, image: await transform(original.body, object.key, resize, signal) };
  };

  return async (event, context) => {
    const { cf } = event.Records[0];
    const job = wanted(cf);
    if (!job) {
      return cf.response;
    }
    const remaining = context?.getRemainingTimeInMillis?.() ?? DEFAULT_REMAINING_MS;
    try {
      refuseLargeBody(cf.response.headers);
      const work = (signal) => transformObject(job, signal);
      const { image, original } = await withDeadline(remaining - MARGIN_MS, work);
      return transformed(cf, job.resize, image, original);
    } catch (error) {
      const reason = Unchanged.from(error);
      logUntransformed(log, job.object, reason);
      return untransformed(cf.response, reason);
    }
  };
}

module.exports = { createOriginResponse };
