#!/usr/bin/env node
// SPDX-License-Identifier: MIT
'use strict';

/**
 * Runs a handler on this machine:
 * node local.js [--s3-endpoint URL] [--package FOLDER] HANDLER < event.json > response.json
 * HANDLER is originRequest or originResponse. Without an endpoint, originals come from S3 with the caller's
 * own credentials. The endpoint may also stand in IMAGE_TRANSFORM_S3_ENDPOINT. The code is that beside this
 * file or, where one is named, that of an unpacked package. Not part of the package that is deployed.
 */

const path = require('node:path');
const { parseArgs } = require('node:util');
const { text } = require('node:stream/consumers');

const USAGE =
  'usage: node local.js [--s3-endpoint URL] [--package FOLDER] originRequest|originResponse < event.json';
const TIMEOUT_MS = { originRequest: 5000, originResponse: 30_000 }; // as the Media stack sets them

function fail(status, message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = status;
}

function parseCommandLine() {
  try {
    const { values, positionals } = parseArgs({
      options: { 's3-endpoint': { type: 'string' }, package: { type: 'string' } },
      allowPositionals: true,
    });
    const endpoint = values['s3-endpoint'] ?? process.env.IMAGE_TRANSFORM_S3_ENDPOINT;
    const folder = path.resolve(values.package ?? __dirname);
    const known = positionals.length === 1 && Object.hasOwn(TIMEOUT_MS, positionals[0]);
    return known && (!endpoint || URL.canParse(endpoint)) ? { name: positionals[0], endpoint, folder } : undefined;
  } catch {
    return undefined;
  }
}

/** A server that only looks like S3 has the bucket in the path, and takes any credentials. */
function clientOptions(endpoint) {
  return endpoint
    ? { endpoint, forcePathStyle: true, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
    : {};
}

function createHandler({ name, endpoint, folder }) {
  const load = (module) => require(path.join(folder, 'lib', module));
  if (name === 'originRequest') {
    return load('origin-request').originRequest;
  }
  const { createFetcher } = load('storage');
  const { createOriginResponse } = load('origin-response');
  return createOriginResponse({ fetchObject: createFetcher(clientOptions(endpoint)) });
}

function createContext(name) {
  const end = Date.now() + TIMEOUT_MS[name];
  return {
    functionName: name,
    awsRequestId: 'local',
    getRemainingTimeInMillis: () => Math.max(0, end - Date.now()),
  };
}

async function main() {
  const command = parseCommandLine();
  if (!command) {
    fail(2, USAGE);
    return;
  }
  if (Number.parseInt(process.versions.node, 10) < 20) {
    fail(1, `${command.name}: needs Node.js 20 or later; this is ${process.version}`);
    return;
  }
  try {
    const event = JSON.parse(await text(process.stdin));
    const response = await createHandler(command)(event, createContext(command.name));
    process.stdout.write(`${JSON.stringify(response)}\n`);
  } catch (error) {
    fail(1, `${command.name}: ${error.message}`);
  }
}

main();
