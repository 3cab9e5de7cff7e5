// SPDX-License-Identifier: MIT
#ifndef UTIL_SIGNALS_H
#define UTIL_SIGNALS_H

// From now on SIGINT, SIGTERM, SIGHUP and SIGQUIT end the program with exit status 128 + n, after passing the
// signal on to child processes and removing temporary files. SIGPIPE is ignored: a reader that went away is
// an error on writing.
void signals_install(void);

#endif
