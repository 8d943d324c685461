/*
 * Faults of a disk and of a clock, for the program that is tested: preloaded, it stands between the program and libc.
 *
 * FAULTS_FILE names a file whose first word says what is wrong at the moment; it is read at each call, so that a test changes
 * it while the program runs. FAULTS_BELOW is what the paths of files begin with that it is wrong with.
 *
 *   full      nothing can be written: ENOSPC
 *   readonly  nothing can be written: EROFS
 *   failing   nothing can be made durable: fsync and fdatasync answer EIO
 *   hanging   nothing is made durable, and no answer comes, until the word changes
 *   clock N   the clock is N seconds off
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define REAL(name, ...) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* By system calls of its own: what it stands before must not be called from here. */
static void now_wrong(char *word, size_t size) {
    const char *path = getenv("FAULTS_FILE");
    word[0] = 0;
    if (!path) return;
    int file = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    ssize_t got = syscall(SYS_read, file, word, size - 1);
    syscall(SYS_close, file);
    word[got > 0 ? got : 0] = 0;
}

static int is(const char *word, int file) {
    char wrong[64], link[64], path[4096];
    const char *below = getenv("FAULTS_BELOW");
    int kept = errno;
    now_wrong(wrong, sizeof wrong);
    errno = kept;
    if (!below || strncmp(wrong, word, strlen(word))) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return !strncmp(path, below, strlen(below));
}

static int refused(int file) {
    if (is("full", file)) { errno = ENOSPC; return 1; }
    if (is("readonly", file)) { errno = EROFS; return 1; }
    return 0;
}

ssize_t write(int file, const void *data, size_t size) {
    REAL(write);
    return refused(file) ? -1 : real(file, data, size);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    REAL(pwrite);
    return refused(file) ? -1 : real(file, data, size, at);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    REAL(pwrite64);
    return refused(file) ? -1 : real(file, data, size, at);
}

int ftruncate(int file, off_t size) {
    REAL(ftruncate);
    return refused(file) ? -1 : real(file, size);
}

int ftruncate64(int file, off64_t size) {
    REAL(ftruncate64);
    return refused(file) ? -1 : real(file, size);
}

static int undurable(int file) {
    struct timespec a_little = {0, 20 * 1000 * 1000};
    if (is("failing", file)) { errno = EIO; return 1; }
    while (is("hanging", file)) nanosleep(&a_little, 0);
    return 0;
}

int fsync(int file) {
    REAL(fsync);
    return undurable(file) ? -1 : real(file);
}

int fdatasync(int file) {
    REAL(fdatasync);
    return undurable(file) ? -1 : real(file);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    char wrong[64];
    REAL(clock_gettime);
    int answer = real(clock, time);
    if (!answer && clock == CLOCK_REALTIME) {
        int kept = errno;
        now_wrong(wrong, sizeof wrong);
        errno = kept;
        if (!strncmp(wrong, "clock ", 6)) time->tv_sec += atol(wrong + 6);
    }
    return answer;
}
