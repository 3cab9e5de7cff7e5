// SPDX-License-Identifier: MIT
'use strict';

const { addAbortSignal } = require('node:stream');
const { GetObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { Unchanged } = require('./unchanged');

/**
 * Reads originals from the bucket. An origin-response trigger does not see the body that the origin sent, and
 * there are no environment variables at the edge: the bucket and its region come from the origin in the
 * event.
 */

/** A photograph of 50 megapixels is about 25 MB. */
const MAX_SOURCE_BYTES = 32 * 1024 * 1024;

const CLIENT_DEFAULTS = {
  maxAttempts: 2,
  followRegionRedirects: true,
  requestHandler: { connectionTimeout: 2000, requestTimeout: 5000, throwOnRequestTimeout: true },
};

// "Virtual-hosted-style requests" in the S3 user guide, with the dual-stack, dash and global forms.
const REGION = '[a-z]{2}(?:-[a-z]+)+-[0-9]';
const S3_DOMAIN = new RegExp(
  `^(?<bucket>[a-z0-9][a-z0-9.-]+)\\.s3(?:[.-](?:dualstack\\.)?(?<region>${REGION}))?\\.amazonaws\\.com$`,
);

/** The bucket behind an event's request.origin, or undefined where that is no S3 origin. */
function bucketOf(origin) {
  const match = S3_DOMAIN.exec(origin?.s3?.domainName ?? '');
  if (!match) {
    return undefined;
  }
  const { bucket, region } = match.groups;
  return {
    bucket,
    region: region || origin.s3.region || 'us-east-1',
    prefix: (origin.s3.path ?? '').replace(/^\//, ''),
  };
}

/** Reads a body of a known length into one buffer: a list of chunks would need the memory twice. */
async function readExactly(stream, length) {
  const body = Buffer.allocUnsafe(length);
  let size = 0;
  for await (const chunk of stream) {
    body.set(chunk, size);
    size += chunk.length;
  }
  if (size !== length) {
    throw new Error(`the body has ${size} bytes instead of ${length}`);
  }
  return body;
}

async function getObject(client, { bucket, key }, signal) {
  const { Body, ContentLength, ETag, LastModified } = await client.send(
    new GetObjectCommand({ Bucket: bucket, Key: key }),
    { abortSignal: signal },
  );
  if (!(ContentLength <= MAX_SOURCE_BYTES)) {
    Body.destroy();
    throw new Unchanged('too large');
  }
  return {
    body: await readExactly(addAbortSignal(signal, Body), ContentLength),
    etag: ETag,
    lastModified: LastModified,
  };
}

/**
 * Makes a function fetchObject({ bucket, region, key }, signal) that resolves to { body, etag, lastModified }
 * and rejects with Unchanged. The options go to the S3 clients, of which it keeps one a region.
 */
function createFetcher(clientOptions = {}) {
  const clients = new Map();
  const clientFor = (region) => {
    if (!clients.has(region)) {
      clients.set(region, new S3Client({ ...CLIENT_DEFAULTS, region, ...clientOptions }));
    }
    return clients.get(region);
  };
  return async (object, signal) => {
    try {
      return await getObject(clientFor(object.region), object, signal);
    } catch (error) {
      throw error instanceof Unchanged
        ? error
        : new Unchanged('storage failed', { transient: true, cause: error });
    }
  };
}

module.exports = { MAX_SOURCE_BYTES, bucketOf, createFetcher };
