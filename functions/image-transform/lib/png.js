// SPDX-License-Identifier: MIT
'use strict';

const SIGNATURE_BYTES = 8;
const FRAME_BYTES = 12; // length, type and checksum of a chunk
const TEXT_CHUNKS = ['tEXt', 'zTXt', 'iTXt'];

/**
 * The PNG without its text chunks, in the same memory: a kilobyte of one can be inflated to a megabyte, and
 * there may be thousands, which the decoder would all read (PNG specification, third edition, "Textual
 * information").
 */
function withoutText(input) {
  let from = SIGNATURE_BYTES;
  let to = SIGNATURE_BYTES;
  while (from + FRAME_BYTES <= input.length) {
    const end = Math.min(input.length, from + FRAME_BYTES + input.readUInt32BE(from));
    if (!TEXT_CHUNKS.includes(input.toString('latin1', from + 4, from + 8))) {
      if (to !== from) {
        input.copy(input, to, from, end);
      }
      to += end - from;
    }
    from = end;
  }
  if (to !== from && from < input.length) {
    input.copy(input, to, from);
  }
  return input.subarray(0, to + input.length - from);
}

module.exports = { withoutText };
