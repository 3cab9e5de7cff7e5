// SPDX-License-Identifier: MIT
'use strict';

/**
 * Why an original is delivered as it is. A transient reason may be gone with the next request: it is not
 * cached for long.
 */
class Unchanged extends Error {
  constructor(reason, { transient = false, cause } = {}) {
    super(reason, { cause });
    this.name = 'Unchanged';
    this.transient = transient;
  }

  static from(error) {
    return error instanceof Unchanged ? error : new Unchanged('failed', { transient: true, cause: error });
  }
}

module.exports = { Unchanged };
