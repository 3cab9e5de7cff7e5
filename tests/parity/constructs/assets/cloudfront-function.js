function handler(event) {
  event.request.uri += 'index.html'; // "quoted"
  return event.request;
}
