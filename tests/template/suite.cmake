# The template language against Jinja2 (Debian's python3-jinja2): the same output for every case, or a documented reason.
add_executable(template_cases template/case_runner.cpp)
target_link_libraries(template_cases PRIVATE fp_template fp_diag)
find_package(Python3 COMPONENTS Interpreter)
if(Python3_Interpreter_FOUND)
  add_test(NAME template_oracle COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/template/oracle.sh $<TARGET_FILE:template_cases>)
  set_tests_properties(template_oracle PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
endif()
