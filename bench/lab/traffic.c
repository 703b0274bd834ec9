// A WebSocket server that shows what a client can take: it answers the handshake and writes text frames of 200 bytes.
//
//   traffic CLIENTS fan TAG RATE        every 1/RATE s one frame to each client (one message per read at the receiver)
//   traffic CLIENTS relay               what a client says in {"do":"say","text":"..."} goes to all others at once;
//                                       any other request is answered with {"is":"done","id":"..."}
//   traffic CLIENTS dense TAG COUNT     each socket is kept full (many messages per read) until it has had COUNT
//   traffic CLIENTS moving TAG COUNT    the same, with the mark now in one place, now in another
//
// It prints the port that it listens on, and then every second how many messages it has written. `fan` and `dense` begin when
// CLIENTS are connected. It stops on SIGTERM.
//
// Payload: {"data":{...,"seq":1NNNNNNNN,"mark":"<25 letters and digits>","content":"~T<16 digits>~S<9 digits>~pad"}}. The content
// has the client's sequence from 1 and, in `fan`, the time of the write (us of CLOCK_REALTIME). The mark is Antiphon's, of stream 0, with
// TAG, the sequence, and CLOCK_MONOTONIC in us as the instant at which it was due; in `relay` it is what has been said.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PAYLOAD = 200, HEADER = 4, FRAME = HEADER + PAYLOAD, WRITE = 300 * FRAME, TAG = 6, MARK = 25 };

typedef struct {
  int fd, open, request_length;
  char request[4096];     // of the handshake; then what the client says, until a frame is whole
  uint64_t sequence;
  uint64_t offset;        // dense: position in the stream
  char rest[FRAME];       // the part of a frame that the socket did not take
  int rest_length;
} Client;

static volatile sig_atomic_t stopped;
static void on_signal(int signal_number) { (void)signal_number; stopped = 1; }

static uint64_t clock_ns(clockid_t id) {
  struct timespec t;
  clock_gettime(id, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint32_t rotate(uint32_t v, int bits) { return v << bits | v >> (32 - bits); }

// SHA-1 of at most 119 bytes (FIPS 180-4, 6.1); enough for Sec-WebSocket-Accept (RFC 6455, 4.2.2).
static void sha1(const uint8_t *data, size_t length, uint8_t digest[20]) {
  uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  uint8_t message[128] = {0};
  size_t total = length + 9 <= 64 ? 64 : 128;
  memcpy(message, data, length);
  message[length] = 0x80;
  for (int i = 0; i < 8; i++) message[total - 1 - i] = (uint8_t)((uint64_t)length * 8 >> (8 * i));
  for (size_t block = 0; block < total; block += 64) {
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 16; i++) {
      const uint8_t *p = message + block + 4 * i;
      w[i] = (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
    }
    for (int i = 16; i < 80; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
      uint32_t f, k;
      if (i < 20) f = (b & c) | (~b & d), k = 0x5A827999;
      else if (i < 40) f = b ^ c ^ d, k = 0x6ED9EBA1;
      else if (i < 60) f = (b & c) | (b & d) | (c & d), k = 0x8F1BBCDC;
      else f = b ^ c ^ d, k = 0xCA62C1D6;
      uint32_t next = rotate(a, 5) + f + e + k + w[i];
      e = d, d = c, c = rotate(b, 30), b = a, a = next;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
  }
  for (int i = 0; i < 20; i++) digest[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}

static void base64(const uint8_t *in, int length, char *out) {
  static const char *letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int i = 0; i < length; i += 3) {
    uint32_t v = (uint32_t)in[i] << 16 | (i + 1 < length ? in[i + 1] << 8 : 0) | (i + 2 < length ? in[i + 2] : 0);
    *out++ = letters[v >> 18];
    *out++ = letters[v >> 12 & 63];
    *out++ = i + 1 < length ? letters[v >> 6 & 63] : '=';
    *out++ = i + 2 < length ? letters[v & 63] : '=';
  }
  *out = 0;
}

static void write_digits(char *at, uint64_t value, int count) {
  for (int i = count - 1; i >= 0; i--, value /= 10) at[i] = (char)('0' + value % 10);
}

static void write_62(char *at, uint64_t value, int count) {
  static const char *digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  for (int i = count - 1; i >= 0; i--, value /= 62) at[i] = digits[value % 62];
}

// As src/load/hot-path/marker.ts writes it, for stream 0.
static void write_mark(char *at, const char *tag, uint64_t sequence, uint64_t due_us) {
  const uint64_t prime = 3833, unit = 62 * 62 * 62 * 62, high = due_us / unit, low = due_us % unit;
  memcpy(at, tag, TAG);
  write_62(at + 6, 0, 4);
  write_62(at + 10, sequence, 5);
  write_62(at + 15, high, 4);
  write_62(at + 19, low, 4);
  write_62(at + 23, (sequence + high * 7 + low * 31) % prime, 2);
}

typedef struct { char bytes[FRAME]; int json_sequence, mark, time, sequence; } Frame;

static void build_frame(Frame *frame, int mark_last) {
  char text[512], mark[64], content[128];
  int n = sprintf(text, "{\"data\":{\"topic\":\"grp000\",\"from\":\"usr00\",\"ts\":\"2017-08-09T00:44:47.484Z\",\"seq\":1%08d", 0);
  sprintf(mark, ",\"mark\":\"%025d\"", 0);
  int c = sprintf(content, ",\"content\":\"~T%016d~S%09d~", 0, 0);
  int pad = PAYLOAD - 3 - n - (int)strlen(mark) - c;
  while (pad-- > 0) content[c] = (char)('a' + c % 26), c++;
  content[c] = 0;
  strcat(content, "\"");
  sprintf(text + n, "%s%s}}", mark_last ? content : mark, mark_last ? mark : content);
  char *f = frame->bytes;
  f[0] = (char)0x81, f[1] = 126, f[2] = 0, f[3] = (char)PAYLOAD;
  memcpy(f + HEADER, text, PAYLOAD);
  frame->json_sequence = HEADER + (int)(strstr(text, "\"seq\":") - text) + 7;
  frame->mark = HEADER + (int)(strstr(text, "\"mark\":") - text) + 8;
  frame->time = HEADER + (int)(strstr(text, "~T") - text) + 2;
  frame->sequence = frame->time + 18;
}

static void stamp(Frame *frame, uint64_t sequence) {
  write_digits(frame->bytes + frame->time, clock_ns(CLOCK_REALTIME) / 1000, 16);
  write_digits(frame->bytes + frame->sequence, sequence, 9);
  write_digits(frame->bytes + frame->json_sequence, sequence % 100000000, 8);
}

// All that a client will get, so that nothing is left to do but to write it.
static char *build_stream(const char *tag, uint64_t count, int moving) {
  Frame frames[2];
  build_frame(&frames[0], 0), build_frame(&frames[1], moving);
  char *stream = malloc(count * FRAME);
  uint64_t now_us = clock_ns(CLOCK_MONOTONIC) / 1000;
  for (uint64_t k = 0; k < count; k++) {
    Frame *frame = &frames[k % 2];
    write_mark(frame->bytes + frame->mark, tag, k + 1, now_us + k);
    write_digits(frame->bytes + frame->sequence, k + 1, 9);
    write_digits(frame->bytes + frame->json_sequence, (k + 1) % 100000000, 8);
    memcpy(stream + k * FRAME, frame->bytes, FRAME);
  }
  return stream;
}

// Reads the request and answers it; true once the connection is open. Who only looks whether somebody is there leaves without one.
static int shake_hands(Client *c) {
  int room = (int)sizeof c->request - 1 - c->request_length;
  int r = (int)recv(c->fd, c->request + c->request_length, (size_t)room, 0);
  if (r == 0) close(c->fd);
  if (r <= 0) return 0;
  c->request_length += r;
  c->request[c->request_length] = 0;
  if (!strstr(c->request, "\r\n\r\n")) return 0;
  char *key = strcasestr(c->request, "sec-websocket-key:");
  if (!key) return 0;
  char text[128] = {0}, accept[64], answer[256];
  uint8_t digest[20];
  sscanf(key + 18, " %60[^\r]", text);
  strcat(text, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
  sha1((uint8_t *)text, strlen(text), digest);
  base64(digest, 20, accept);
  int n = sprintf(answer, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: %s\r\n\r\n", accept);
  c->request_length = 0;
  return c->open = send(c->fd, answer, (size_t)n, 0) == n;
}

static int wanted, open_count;
static Client *clients;
static uint64_t bytes_written;
static Frame frame;

// One frame to a client; what its socket does not take goes before the next one.
static void write_frame(Client *c) {
  if (c->rest_length) {
    ssize_t w = send(c->fd, c->rest, (size_t)c->rest_length, 0);
    if (w > 0) bytes_written += (uint64_t)w, c->rest_length -= (int)w, memmove(c->rest, c->rest + w, (size_t)c->rest_length);
    if (c->rest_length) return;
  }
  ssize_t w = send(c->fd, frame.bytes, FRAME, 0);
  if (w < 0) return;
  bytes_written += (uint64_t)w;
  c->rest_length = FRAME - (int)w;
  memcpy(c->rest, frame.bytes + w, (size_t)c->rest_length);
}

// The text behind `name` in a request, up to the next quotation mark.
static int text_of(const char *request, const char *name, const char **text) {
  const char *at = strstr(request, name);
  if (!at) return 0;
  *text = at + strlen(name);
  const char *end = strchr(*text, '"');
  return end ? (int)(end - *text) : 0;
}

static void answer(Client *c, const char *request) {
  const char *text = "";
  int length = text_of(request, "\"text\":\"", &text);
  if (strstr(request, "\"do\":\"say\"") && length >= MARK) {
    memcpy(frame.bytes + frame.mark, text, MARK);
    for (int k = 0; k < wanted; k++)
      if (clients[k].open && &clients[k] != c) write_frame(&clients[k]);
    return;
  }
  length = text_of(request, "\"id\":\"", &text);
  char reply[256];
  int n = sprintf(reply + 2, "{\"is\":\"done\",\"id\":\"%.*s\"}", length < 90 ? length : 90, text);
  reply[0] = (char)0x81, reply[1] = (char)n;
  if (send(c->fd, reply, (size_t)n + 2, 0) < 0) perror("send");
}

// Takes whole masked frames of up to 64 KB out of what a client has said; false when it says goodbye.
static int hear(Client *c) {
  unsigned char *at = (unsigned char *)c->request, *end = at + c->request_length;
  while (end - at >= 6) {
    int header = (at[1] & 127) == 126 ? 8 : 6, length = header == 8 ? at[2] << 8 | at[3] : at[1] & 127;
    if (end - at < header + length) break;
    if ((at[0] & 15) == 8) return 0;
    char request[sizeof c->request];
    for (int i = 0; i < length; i++) request[i] = (char)(at[header + i] ^ at[header - 4 + i % 4]);
    request[length] = 0;
    if ((at[0] & 15) == 1) answer(c, request);
    at += header + length;
  }
  c->request_length = (int)(end - at);
  memmove(c->request, at, (size_t)c->request_length);
  return 1;
}

static int listen_anywhere(void) {
  int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (void *)&address, size) || listen(listener, 4096)) perror("listen"), exit(1);
  getsockname(listener, (void *)&address, &size);
  printf("{\"port\":%d}\n", ntohs(address.sin_port));
  return listener;
}

static void watch(int epoll, int operation, int fd, uint32_t events, uint32_t number) {
  struct epoll_event event = {.events = events, .data.u32 = number};
  epoll_ctl(epoll, operation, fd, &event);
}

int main(int argc, char **argv) {
  if (argc < 3) return fprintf(stderr, "usage: traffic CLIENTS fan TAG RATE | relay | dense TAG COUNT | moving TAG COUNT\n"), 2;
  int moving = !strcmp(argv[2], "moving"), dense = moving || !strcmp(argv[2], "dense"), relay = !strcmp(argv[2], "relay");
  double rate = !dense && argc > 4 ? atof(argv[4]) : 1;
  uint64_t stream_bytes = dense && argc > 4 ? (uint64_t)atoll(argv[4]) * FRAME : 0;
  char *stream = dense ? build_stream(argv[3], stream_bytes / FRAME, moving) : NULL;
  wanted = atoi(argv[1]);
  clients = calloc((size_t)wanted, sizeof *clients);
  build_frame(&frame, 0);
  signal(SIGPIPE, SIG_IGN), signal(SIGTERM, on_signal), signal(SIGINT, on_signal);
  setlinebuf(stdout);
  int one = 1, listener = listen_anywhere(), epoll = epoll_create1(0), accepted = 0;
  watch(epoll, EPOLL_CTL_ADD, listener, EPOLLIN, UINT32_MAX);
  struct epoll_event events[512];
  uint64_t due = 0, round = 0, tell_at = clock_ns(CLOCK_MONOTONIC) + 1000000000;
  while (!stopped) {
    int64_t wait_ns = due ? (int64_t)(due - clock_ns(CLOCK_MONOTONIC)) : 0;
    int n = epoll_wait(epoll, events, 512, due ? (wait_ns > 2000000 ? 1 : 0) : 100);
    if (clock_ns(CLOCK_MONOTONIC) >= tell_at) {
      printf("{\"messages\":%lu}\n", bytes_written / FRAME);
      tell_at = clock_ns(CLOCK_MONOTONIC) + 1000000000;
    }
    for (int i = 0; i < n; i++) {
      if (events[i].data.u32 == UINT32_MAX) {
        for (int fd; accepted < wanted && (fd = accept4(listener, 0, 0, SOCK_NONBLOCK)) >= 0; accepted++) {
          setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
          clients[accepted].fd = fd;
          watch(epoll, EPOLL_CTL_ADD, fd, EPOLLIN, (uint32_t)accepted);
        }
        continue;
      }
      Client *c = &clients[events[i].data.u32];
      if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        if (!c->open) {
          if (!shake_hands(c) || ++open_count < wanted || relay) continue;
          if (!dense) due = clock_ns(CLOCK_MONOTONIC) + 300000000;
          for (int k = 0; dense && k < wanted; k++) watch(epoll, EPOLL_CTL_MOD, clients[k].fd, EPOLLIN | EPOLLOUT, (uint32_t)k);
          continue;
        }
        int room = (int)sizeof c->request - 1 - c->request_length;
        ssize_t r = recv(c->fd, c->request + c->request_length, (size_t)room, 0);
        if (r < 0 && errno == EAGAIN) continue;
        if (r > 0) c->request_length += (int)r;
        if (r > 0 && hear(c)) continue;
        close(c->fd), c->open = 0;
        if (--open_count == 0 && !relay) stopped = 1;
      } else if (events[i].events & EPOLLOUT) {
        uint64_t left = stream_bytes - c->offset;
        ssize_t w = send(c->fd, stream + c->offset, left < WRITE ? left : WRITE, 0);
        if (w > 0) bytes_written += (uint64_t)w, c->offset += (uint64_t)w;
        if (c->offset == stream_bytes) watch(epoll, EPOLL_CTL_MOD, c->fd, EPOLLIN, events[i].data.u32);
      }
    }
    if (!due || clock_ns(CLOCK_MONOTONIC) < due) continue;
    due += (uint64_t)(1e9 / rate);
    if (clock_ns(CLOCK_MONOTONIC) > due + 1000000000) due = clock_ns(CLOCK_MONOTONIC);
    write_mark(frame.bytes + frame.mark, argv[3], ++round, clock_ns(CLOCK_MONOTONIC) / 1000);
    for (int k = 0; k < wanted; k++)
      if (clients[k].open) stamp(&frame, ++clients[k].sequence), write_frame(&clients[k]);
  }
}
