// SPDX-License-Identifier: MIT
#ifndef UTIL_FILE_FILE_H
#define UTIL_FILE_FILE_H

// Files and directories. Files are written under a temporary name beside the target and renamed, so that
// nobody ever sees half a file; temporary files that exist when the program dies or is ended by a signal are
// removed.

#include "util/error.h"
#include "util/strbuf.h"

#include <stdbool.h>
#include <sys/types.h>

// What is larger is not read: a file, and a pipe, FIFO or device, which may have no end.
#define FILE_READ_LIMIT ((size_t)1 << 30)
#define STREAM_READ_LIMIT ((size_t)64 << 20)
enum { FIFO_WAIT_MS = 5000 };

// Appends the file's content; an error where there is more of it than that. So is a FIFO that nobody opens
// for writing within FIFO_WAIT_MS.
int file_read(const char *path, struct strbuf *content, struct error *err);
// As file_read, but stops after `limit` bytes, more than 0.
int file_read_limited(const char *path, size_t limit, struct strbuf *content, struct error *err);
// As file_read; a file that does not exist is no error, and then *ret_found is false.
int file_read_if_exists(const char *path, struct strbuf *content, bool *ret_found, struct error *err);
// Opens what has to be a regular file for reading; nothing else can keep the caller waiting. -1 and an error
// otherwise.
int file_open_regular(const char *path, struct error *err);
// Whether the file has exactly this content.
bool file_has_content(const char *path, const void *data, size_t length);
// Writes what a user named as an output file:
// - a regular file is replaced as a whole and keeps its mode, and its owner where that is permitted, unless
//   `mode` gives rights to the owner alone: then it becomes a file of the caller's with that mode;
// - one that does not exist is made with `mode` less the umask;
// - through a symbolic link, a dangling one too, it is the file behind it; a link that another user has put
//   into a directory such as /tmp is refused;
// - an own descriptor (/dev/stdout, /dev/fd/N, /proc/self/fd/N) is written to where it is;
// - anything else (a FIFO, a device) is opened and written to.
int file_write(const char *path, const void *data, size_t length, mode_t mode, struct error *err);
// Needs little memory however large the file is. Where the file system can (Btrfs, XFS, ZFS, NFS 4.2...), the
// copy is a clone: it takes neither time nor space, and a change to one of the two does not reach the other.
int file_copy(const char *source, const char *target, mode_t mode, struct error *err);
// Leaves a file alone that has this content already, its modification time included.
int file_write_if_changed(const char *path, const void *data, size_t length, mode_t mode, struct error *err);
// All of it to a descriptor; `path` is for the message.
int descriptor_write(int fd, const char *path, const void *data, size_t length, struct error *err);

// Makes the directory and its parents; one that exists is no error.
int directory_make(const char *path, struct error *err);

// Removes every temporary file that is being written. Safe to call in a signal handler.
void temporary_files_remove(void);
// Appends ".", 16 hexadecimal digits that nobody can guess, and ".tmp".
void temporary_name_add(struct strbuf *name);
// The name of a file or directory that is to be removed then, until it is forgotten. Returns its slot.
int temporary_name_register(char *name);
void temporary_name_forget(int slot);
// A new file with a name beside `path` that nobody can guess, open for writing and registered. Ended by
// temporary_file_commit (renames it to `path`, which replaces a link, device or FIFO too) or
// temporary_file_abandon (removes it).
struct temporary_file {
    char *name;
    char *path;
    int fd; // the caller writes to it
    int slot;
};
int temporary_file_open(struct temporary_file *file, const char *path, mode_t mode, struct error *err);
int temporary_file_write(struct temporary_file *file, const void *data, size_t length, struct error *err);
// Closes the descriptor early, for when many files wait to be committed together.
int temporary_file_close(struct temporary_file *file, struct error *err);
int temporary_file_commit(struct temporary_file *file, struct error *err);
void temporary_file_abandon(struct temporary_file *file);

#endif
