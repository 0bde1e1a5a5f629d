# The conformance suites of XBRL International, where the shared folder has them; skipped without it.
if(TARGET fp_validate AND EXISTS ${PROJECT_SOURCE_DIR}/src/validate/suite.cpp)
  add_executable(run_suite ${CMAKE_CURRENT_LIST_DIR}/run_suite.cpp)
  target_link_libraries(run_suite PRIVATE fp_validate)
  foreach(SUITE_INDEX xbrl-2.1/xbrl.xml xdt-1.0/xdt.xml)
    get_filename_component(SUITE_NAME ${SUITE_INDEX} DIRECTORY)
    add_test(NAME conformance-${SUITE_NAME} COMMAND run_suite ${FACTPRESS_SHARED}/conformance/${SUITE_INDEX}
      --deviations ${CMAKE_CURRENT_LIST_DIR}/expected-deviations.tsv)
    set_tests_properties(conformance-${SUITE_NAME} PROPERTIES SKIP_RETURN_CODE 77)
  endforeach()
endif()
