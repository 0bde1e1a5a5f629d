# Damaged releases: the shared ones where they are at hand (skipped without), and the project's own samples.
add_executable(mutation mutation/mutation.cpp mutation/mutate.cpp mutation/check_facts.cpp)
target_include_directories(mutation PRIVATE mutation)
target_link_libraries(mutation PRIVATE fp_facts fmt::fmt)
add_test(NAME mutation_releases COMMAND mutation 500 ${FACTPRESS_SHARED}/releases)
add_test(NAME mutation_samples COMMAND mutation 300 ${PROJECT_SOURCE_DIR}/samples)
set_tests_properties(mutation_releases mutation_samples PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600)
