// SPDX-License-Identifier: MIT
// CloudFront Function (cloudfront-js-2.0), on viewer requests for the frontend: a path of the application has no file in the bucket
// and is answered with index.html, where the application finds the page; a file that is not there stays 404.
function handler(event) {
  var request = event.request;

  if (!isFile(request.uri)) request.uri = '/index.html';
  return request;
}

// A file's name ends in an extension: a dot and up to twelve letters and digits, one of them a letter. "/releases/1.2" and
// "/invite/ann@example.com" are pages. What is in /.well-known is looked up by name, and has no extension there.
function isFile(uri) {
  var name = uri.slice(uri.lastIndexOf('/') + 1);

  if (uri.startsWith('/.well-known/')) return name !== '';
  return /\.(?=[0-9]*[A-Za-z])[0-9A-Za-z]{1,12}$/.test(name) && !/@|%40/.test(name);
}
