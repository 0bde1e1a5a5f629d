# Small programs for people who work on the readers; not tests themselves.
add_executable(read_dump EXCLUDE_FROM_ALL tools/read_dump.cpp)
target_link_libraries(read_dump PRIVATE fp_document fmt::fmt)
add_executable(extract_dev EXCLUDE_FROM_ALL tools/extract_dev.cpp)
target_link_libraries(extract_dev PRIVATE fp_facts fmt::fmt)
add_executable(prose_dev EXCLUDE_FROM_ALL tools/prose_dev.cpp)
target_link_libraries(prose_dev PRIVATE fp_facts fmt::fmt)
target_include_directories(extract_dev PRIVATE support)
