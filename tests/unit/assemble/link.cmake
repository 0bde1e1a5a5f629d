find_library(RAPIDCHECK_LIBRARY rapidcheck)
if(RAPIDCHECK_LIBRARY)
  target_link_libraries(test_assemble PRIVATE ${RAPIDCHECK_LIBRARY})
endif()
