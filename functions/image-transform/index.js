// SPDX-License-Identifier: MIT
'use strict';

/**
 * The two handlers of the package. They are getters, since Lambda's Node.js runtime reads only the one that a
 * function is configured with, when it starts: the small function that rewrites URLs loads neither sharp nor
 * the AWS SDK, and the other one loads them before its first request.
 */
module.exports = {
  get originRequest() {
    return require('./lib/origin-request').originRequest;
  },
  get originResponse() {
    const { createFetcher } = require('./lib/storage');
    const { createOriginResponse } = require('./lib/origin-response');
    const handler = createOriginResponse({ fetchObject: createFetcher() });
    Object.defineProperty(module.exports, 'originResponse', { value: handler });
    return handler;
  },
};
