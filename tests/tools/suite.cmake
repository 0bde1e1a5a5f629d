# Small programs for people who work on the readers; not tests themselves.
add_executable(read_dump EXCLUDE_FROM_ALL tools/read_dump.cpp)
target_link_libraries(read_dump PRIVATE fp_document fmt::fmt)
