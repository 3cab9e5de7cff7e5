// SPDX-License-Identifier: MIT
// bench_pair RUNS COMMAND_A COMMAND_B: runs two shell commands in turn, A B A B ..., after one run of each
// that does not count, and prints for each the median of wall seconds, processor seconds and peak memory in
// MiB, then the ratio B/A of the medians.
#include "util/die.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 100, MOST_WORDS = 50, FIGURES = 3 };

extern char **environ;

static const char *const figure_names[FIGURES] = { "wall s", "cpu s", "peak MiB" };

struct series {
    double figures[FIGURES][MOST_RUNS];
};

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

// Sets the variables that the command begins with, as a shell would, and leaves its words.
static void split(char *command, char *words[MOST_WORDS + 1])
{
    int count = 0;

    for (char *word = strtok(command, " "); word && count < MOST_WORDS; word = strtok(NULL, " "))
        if (count == 0 && strchr(word, '='))
            putenv(word);
        else
            words[count++] = word;
    words[count] = NULL;
}

// posix_spawn, since a fork would have the child pay for copying this process.
static void run(char *const words[], struct series *series, int at)
{
    struct timespec start, end;
    struct rusage usage;
    posix_spawn_file_actions_t actions;
    int status;
    pid_t pid;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (posix_spawnp(&pid, words[0], &actions, NULL, words, environ) != 0)
        die("cannot start '%s'", words[0]);
    wait4(pid, &status, 0, &usage);
    clock_gettime(CLOCK_MONOTONIC, &end);
    posix_spawn_file_actions_destroy(&actions);
    if (status != 0)
        die("'%s' ended with status %d", words[0], status);
    series->figures[0][at] =
        (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    series->figures[1][at] = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    series->figures[2][at] = (double)usage.ru_maxrss / 1024;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof(*values), compare);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

int main(int argc, char **argv)
{
    static struct series a, b;
    char *words_a[MOST_WORDS + 1], *words_b[MOST_WORDS + 1];
    int runs = argc == 4 ? atoi(argv[1]) : 0;

    if (runs < 1 || runs > MOST_RUNS)
        die("usage: bench_pair RUNS COMMAND_A COMMAND_B (1 to %d runs)", MOST_RUNS);
    split(argv[2], words_a);
    split(argv[3], words_b);
    run(words_a, &a, 0);
    run(words_b, &b, 0);
    for (int i = 0; i < runs; i++) {
        run(words_a, &a, i);
        run(words_b, &b, i);
    }
    for (int i = 0; i < FIGURES; i++) {
        double x = median(a.figures[i], runs), y = median(b.figures[i], runs);

        printf("%-9s A %9.4f   B %9.4f   B/A %8.1f\n", figure_names[i], x, y, y / x);
    }
    return 0;
}
