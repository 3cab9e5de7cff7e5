// SPDX-License-Identifier: MIT
'use strict';

/** Headers as CloudFront's events have them: lower case name to a list of { key, value }. */

const TITLE_CASE = (name) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

function getHeader(headers, name) {
  return headers?.[name]?.[0]?.value;
}

/** A header of one value, for use in an object of headers; none where the value is undefined. */
function header(name, value) {
  return value === undefined ? {} : { [name]: [{ key: TITLE_CASE(name), value }] };
}

function withoutHeaders(headers, names) {
  return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !names.includes(name)));
}

/**
 * Carries a resize from the origin request to the origin response, and says in the response what was done.
 * Not a name that "Restrictions on all edge functions" disallows, and no X-Amz- name, which S3 would
 * interpret.
 */
const RESIZE_HEADER = 'x-image-transform';

module.exports = { RESIZE_HEADER, getHeader, header, withoutHeaders };
