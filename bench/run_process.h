#pragma once
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

extern char** environ;

/// What one run of a command costs.
namespace bench {

struct Cost {
  double cpu_ms = 0;     ///< user and system, as the kernel charged them to the child
  double wall_ms = 0;
  double memory_mb = 0;  ///< peak
  int status = 0;        ///< exit code; 128 and the signal's number where one ended it
};

/// Runs a command (ends with a null pointer) with its output sent to /dev/null. Ends the program with code 2 where it cannot start.
inline Cost run_once(char* const* command) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  const auto begin = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (posix_spawnp(&child, command[0], &actions, nullptr, command, environ) != 0) {
    std::fprintf(stderr, "cannot start %s\n", command[0]);
    std::exit(2);
  }
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - begin;
  posix_spawn_file_actions_destroy(&actions);
  const auto milliseconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3; };
  return {milliseconds(used.ru_utime) + milliseconds(used.ru_stime), wall.count(), static_cast<double>(used.ru_maxrss) / 1024,
          WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
}

}  // namespace bench
