/** A server of the small protocol on lines, for `node -e`: it prints its port, and answers everything at once. */
export const answeringServer = `
const server = require('node:net').createServer(socket => {
  let rest = '';
  socket.on('error', () => {});
  socket.on('data', bytes => {
    const parts = (rest + bytes).split('\\n');
    rest = parts.pop();
    for (const line of parts) {
      const { type, id } = JSON.parse(line);
      socket.write(JSON.stringify({ type: type === 'ping' ? 'pong' : 'answer', id }) + '\\n');
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
`;
