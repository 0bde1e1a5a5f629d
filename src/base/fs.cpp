#include "base/fs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <mutex>

namespace factpress {
namespace {

namespace stdfs = std::filesystem;

Failure failure(std::string_view what, const std::string& path, int error) {
  return {fmt::format("cannot {} {}: {}", what, path, std::strerror(error))};
}

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

class MemoryFile final : public OpenFile {
 public:
  explicit MemoryFile(std::string bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::string_view> read(std::uint64_t offset, std::uint64_t size, std::string&) const override {
    if (offset > bytes_.size() || size > bytes_.size() - offset) return Failure{"it ends before them"};
    return std::string_view(bytes_).substr(offset, size);
  }

 private:
  std::string bytes_;
};

class RealFile final : public OpenFile {
 public:
  RealFile(int fd, std::uint64_t size) : file_{fd}, size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<std::string_view> read(std::uint64_t offset, std::uint64_t size, std::string& scratch) const override {
    if (offset > size_ || size > size_ - offset) return Failure{"it ends before them"};
    scratch.resize(size);
    for (std::size_t used = 0; used < size;) {
      const ssize_t n = ::pread(file_.fd, scratch.data() + used, size - used, static_cast<off_t>(offset + used));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return Failure{std::strerror(errno)};
      if (n == 0) return Failure{"it has been cut off since it was opened"};
      used += static_cast<std::size_t>(n);
    }
    return std::string_view(scratch);
  }

 private:
  Descriptor file_;
  std::uint64_t size_;
};

class RealFileSystem final : public FileSystem {
 public:
  Result<std::string> read(const std::string& path, std::size_t limit) const override {
    auto bytes = read_bytes(path, limit);
    if (!bytes) return Failure{bytes.error()};
    return bytes->to_string();
  }

  Result<Bytes> read_bytes(const std::string& path, std::size_t limit) const override {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.fd < 0) return failure("read", path, errno);
    struct stat info {};
    if (::fstat(file.fd, &info) != 0) return failure("read", path, errno);
    if (S_ISDIR(info.st_mode)) return failure("read", path, EISDIR);
    // One byte more than it has, to see its end.
    Bytes bytes = Bytes::unset(S_ISREG(info.st_mode) ? std::min(static_cast<std::size_t>(info.st_size), limit) + 1 : 65536);
    std::size_t used = 0;
    for (;;) {
      if (used == bytes.size()) {  // it grows, or is no file
        Bytes larger = Bytes::unset(used * 2);
        std::memcpy(larger.data(), bytes.data(), used);
        bytes = std::move(larger);
      }
      const ssize_t n = ::read(file.fd, bytes.data() + used, bytes.size() - used);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return failure("read", path, errno);
      if (n == 0) break;
      used += static_cast<std::size_t>(n);
      if (used > limit) return Failure{fmt::format("cannot read {}: it is larger than the limit of {} bytes", path, limit)};
    }
    bytes.cut(used);
    return bytes;
  }

  Result<std::shared_ptr<const OpenFile>> open(const std::string& path, std::size_t limit) const override {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return failure("read", path, errno);
    struct stat info {};
    const bool known = ::fstat(fd, &info) == 0;
    const auto file = std::make_shared<const RealFile>(fd, known ? static_cast<std::uint64_t>(info.st_size) : 0);
    if (!known) return failure("read", path, errno);
    if (!S_ISREG(info.st_mode)) return FileSystem::open(path, limit);  // a pipe has no places
    if (file->size() > limit) return Failure{fmt::format("cannot read {}: it is larger than the limit of {} bytes", path, limit)};
    return std::shared_ptr<const OpenFile>(file);
  }

  bool is_file(const std::string& path) const override {
    std::error_code e;
    const auto s = stdfs::status(path, e);
    return !e && stdfs::exists(s) && !stdfs::is_directory(s);
  }
  bool is_folder(const std::string& path) const override {
    std::error_code e;
    return stdfs::is_directory(path, e);
  }
  Result<std::vector<std::string>> list(const std::string& path) const override {
    std::error_code e;
    std::vector<std::string> names;
    for (stdfs::directory_iterator it(path, e), end; !e && it != end; it.increment(e)) names.push_back(it->path().filename());
    if (e) return failure("list", path, e.value());
    std::sort(names.begin(), names.end());
    return names;
  }

  Status write(const std::string& path, std::string_view bytes) override {
    std::error_code e;
    const stdfs::path parent = stdfs::path(path).parent_path();
    if (!parent.empty()) stdfs::create_directories(parent, e);
    if (e) return failure("make the folder of", path, e.value());
    static std::atomic<unsigned> serial{0};
    const std::string temporary = fmt::format("{}.{}.{}.tmp", path, ::getpid(), serial++);
    const Status written = write_through(temporary, bytes);
    if (!written) {
      ::unlink(temporary.c_str());
      return written;
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
      const int error = errno;
      ::unlink(temporary.c_str());
      return failure("write", path, error);
    }
    return ok();
  }

  Status remove(const std::string& path) override {
    if (::unlink(path.c_str()) != 0) return failure("remove", path, errno);
    return ok();
  }

 private:
  static Status write_through(const std::string& path, std::string_view bytes) {
    const Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
    if (file.fd < 0) return failure("write", path, errno);
    while (!bytes.empty()) {
      const ssize_t n = ::write(file.fd, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return failure("write", path, errno);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return ok();
  }
};

std::mutex& memory_mutex() {
  static std::mutex m;
  return m;
}

}  // namespace

std::shared_ptr<FileSystem> real_file_system() {
  static const auto fs = std::make_shared<RealFileSystem>();
  return fs;
}

std::shared_ptr<const OpenFile> memory_file(std::string bytes) { return std::make_shared<const MemoryFile>(std::move(bytes)); }

Result<Bytes> FileSystem::read_bytes(const std::string& path, std::size_t limit) const {
  auto bytes = read(path, limit);
  if (!bytes) return Failure{bytes.error()};
  return Bytes(*std::move(bytes));
}

Result<std::shared_ptr<const OpenFile>> FileSystem::open(const std::string& path, std::size_t limit) const {
  auto bytes = read(path, limit);
  if (!bytes) return Failure{bytes.error()};
  return memory_file(std::move(*bytes));
}

Result<std::string> MemoryFileSystem::read(const std::string& path, std::size_t limit) const {
  const std::lock_guard lock(memory_mutex());
  const auto it = files_.find(path);
  if (it == files_.end()) return failure("read", path, ENOENT);
  if (it->second.size() > limit) return failure("read", path, EFBIG);
  return it->second;
}

bool MemoryFileSystem::is_file(const std::string& path) const {
  const std::lock_guard lock(memory_mutex());
  return files_.count(path) != 0;
}

bool MemoryFileSystem::is_folder(const std::string& path) const {
  const std::lock_guard lock(memory_mutex());
  const auto it = files_.lower_bound(path + "/");
  return it != files_.end() && it->first.compare(0, path.size() + 1, path + "/") == 0;
}

Result<std::vector<std::string>> MemoryFileSystem::list(const std::string& path) const {
  const std::lock_guard lock(memory_mutex());
  std::vector<std::string> names;
  const std::string prefix = path + "/";
  for (auto it = files_.lower_bound(prefix); it != files_.end() && it->first.starts_with(prefix); ++it) {
    std::string name = it->first.substr(prefix.size());
    name.resize(std::min(name.find('/'), name.size()));
    if (names.empty() || names.back() != name) names.push_back(std::move(name));
  }
  if (names.empty()) return failure("list", path, ENOENT);
  return names;
}

Status MemoryFileSystem::write(const std::string& path, std::string_view bytes) {
  const std::lock_guard lock(memory_mutex());
  files_[path] = std::string(bytes);
  return ok();
}

Status MemoryFileSystem::remove(const std::string& path) {
  const std::lock_guard lock(memory_mutex());
  if (files_.erase(path) == 0) return failure("remove", path, ENOENT);
  return ok();
}

}  // namespace factpress
