// SPDX-License-Identifier: MIT
'use strict';
// Reads the TypeScript declarations of @awboost/cfn-resource-types as far as its generator writes them: type aliases of objects,
// arrays, records, unions and intersections, whose comments hold the constraints of CloudFormation's resource schemas.

const TOKEN = /\s+|\/\/.*|(?<comment>\/\*\*[^]*?\*\/)|(?<string>"(?:[^"\\]|\\.)*")|(?<word>[\w$.-]+)|(?<mark>[^])/y;

function* tokens(text) {
  for (const { groups } of text.matchAll(new RegExp(TOKEN, 'gy'))) {
    for (const kind of ['comment', 'string', 'word', 'mark'])
      if (groups[kind] !== undefined) yield { kind, text: groups[kind] };
  }
  yield { kind: 'end', text: '' };
}

// A pattern as it was before it got into a comment, where the package writes "*/" as "/", a zero width joiner and "*". Control
// characters become escapes that mean the same.
function patternOf(text) {
  return text
    .replaceAll('/\u200d*', '*/')
    .replace(/[\u0000-\u001f\u007f]/g, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

// The constraints of one comment. Patterns with line breaks or with halves of surrogate pairs have been damaged on their way
// into the comment, and are left out.
function constraintsOf(comment) {
  const found = {};
  for (const [, name, text] of comment.matchAll(/^\s*\* @(pattern|minLength|maxLength|min|max) `(.*)`\r?$/gm)) {
    if (name !== 'pattern') found[name] = Number(text);
    else if (!text.includes('\ufffd')) found[name] = patternOf(text);
  }
  return found;
}

class Parser {
  constructor(text) {
    this.tokens = tokens(text);
    this.advance();
  }

  advance() {
    const token = this.token;
    this.token = this.tokens.next().value;
    return token;
  }

  accept(text) {
    if (this.token.text !== text || this.token.kind === 'string') return false;
    this.advance();
    return true;
  }

  expect(text) {
    if (!this.accept(text)) throw new Error(`expected '${text}', not '${this.token.text}'`);
  }

  declarations() {
    const found = { aliases: new Map(), resourceType: undefined };
    while (this.token.kind !== 'end') {
      if (this.accept('export') && this.accept('type')) {
        const { text } = this.advance();
        this.expect('=');
        found.aliases.set(text, this.type());
      } else if (this.accept('readonly') && this.accept('Type')) {
        this.expect('=');
        found.resourceType = JSON.parse(this.advance().text);
      } else {
        this.advance();
      }
    }
    return found;
  }

  // Intersections count as unions: each of their objects adds properties.
  type() {
    const types = [];
    do {
      types.push(this.postfix());
    } while (this.accept('|') || this.accept('&'));
    return types.length === 1 ? types[0] : { kind: 'union', types };
  }

  postfix() {
    let type = this.primary();
    while (this.accept('[')) {
      this.expect(']');
      type = { kind: 'array', element: type };
    }
    return type;
  }

  primary() {
    if (this.accept('{')) return this.object();
    if (this.accept('(')) {
      const type = this.type();
      this.expect(')');
      return type;
    }
    const token = this.advance();
    if (token.kind === 'string') return { kind: 'literal', text: JSON.parse(token.text) };
    if (this.accept('<')) return this.generic(token.text);
    return { kind: 'name', name: token.text };
  }

  generic(name) {
    const parameters = [];
    do {
      parameters.push(this.type());
    } while (this.accept(','));
    this.expect('>');
    return name === 'Record' ? { kind: 'map', element: parameters[1] } : { kind: 'name', name };
  }

  object() {
    const members = new Map();
    while (!this.accept('}')) {
      const comment = this.token.kind === 'comment' ? this.advance().text : '';
      const key = this.advance();
      this.accept('?');
      this.expect(':');
      members.set(key.kind === 'string' ? JSON.parse(key.text) : key.text, {
        constraints: constraintsOf(comment),
        type: this.type(),
      });
      this.accept(';');
    }
    return { kind: 'object', members };
  }
}

module.exports = { parse: (text) => new Parser(text).declarations() };
