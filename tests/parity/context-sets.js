'use strict';
// The context sets under which the stacks are compared, and how they are handed to a program.
const sets = { ...require('./reference-app/contexts.json'), ...require('./contexts.json') };

// A key that holds "=" cannot be given as KEY=VALUE: it goes into JSON that the CDK and tango-infra read from the environment.
const isArgument = ([key]) => !key.includes('=');

function contextArguments(set) {
  return Object.entries(set).filter(isArgument)
    .flatMap(([key, value]) => ['--context', `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`]);
}

function contextJson(set) {
  return JSON.stringify(Object.fromEntries(Object.entries(set).filter((entry) => !isArgument(entry))));
}
module.exports = { sets, contextArguments, contextJson };
