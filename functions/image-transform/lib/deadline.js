// SPDX-License-Identifier: MIT
'use strict';

const { Unchanged } = require('./unchanged');

/**
 * Runs work(signal), but waits no longer than the given milliseconds: then the signal is aborted and the
 * promise rejects. Native work that cannot be interrupted may still go on after that; its result is dropped.
 */
async function withDeadline(milliseconds, work) {
  const controller = new AbortController();
  let timer;
  const expired = new Promise((_, reject) => {
    timer = setTimeout(
      () => {
        reject(new Unchanged('out of time', { transient: true }));
        controller.abort();
      },
      Math.max(0, milliseconds),
    );
  });
  try {
    return await Promise.race([work(controller.signal), expired]);
  } finally {
    clearTimeout(timer);
  }
}

module.exports = { withDeadline };
