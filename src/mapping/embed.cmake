# The built-in dictionaries: compiled from schemas/concepts by a small program of this build, then taken in by the assembler, so
# that they are ready without any work at run time.
set(CONCEPTS ${CMAKE_CURRENT_SOURCE_DIR}/schemas/concepts)
set(CONCEPTS_OUT ${CMAKE_BINARY_DIR}/concepts)
file(MAKE_DIRECTORY ${CONCEPTS_OUT})
set(MAPPING src/mapping)
set(CONCEPT_COMPILER ${MAPPING}/compile.cpp ${MAPPING}/concept.cpp ${MAPPING}/own_measure.cpp ${MAPPING}/words.cpp ${MAPPING}/zone.cpp)
add_executable(compile_concepts tools/concepts/compile_concepts.cpp ${CONCEPT_COMPILER})
target_link_libraries(compile_concepts PRIVATE fp_options fp_base)
file(GLOB CONCEPT_TABLES CONFIGURE_DEPENDS ${CONCEPTS}/*.tsv)
set(CONCEPT_ASM ".section .note.GNU-stack,\"\",@progbits\n.section .rodata\n")
foreach(PROFILE us-gaap ifrs)
  string(REPLACE - _ SYMBOL ${PROFILE})
  add_custom_command(OUTPUT ${CONCEPTS_OUT}/${PROFILE}.bin
    COMMAND compile_concepts ${CONCEPTS} ${PROFILE} ${CONCEPTS_OUT}/${PROFILE}.bin
    DEPENDS compile_concepts ${CONCEPT_TABLES} VERBATIM)
  string(APPEND CONCEPT_ASM ".balign 16\n.global fp_concepts_${SYMBOL}\nfp_concepts_${SYMBOL}:\n.incbin \"${CONCEPTS_OUT}/${PROFILE}.bin\"\n"
    ".global fp_concepts_${SYMBOL}_end\nfp_concepts_${SYMBOL}_end:\n.byte 0\n")
endforeach()
file(CONFIGURE OUTPUT ${CONCEPTS_OUT}/concepts.S CONTENT "${CONCEPT_ASM}" @ONLY)
set_source_files_properties(${CONCEPTS_OUT}/concepts.S PROPERTIES OBJECT_DEPENDS "${CONCEPTS_OUT}/us-gaap.bin;${CONCEPTS_OUT}/ifrs.bin")
target_sources(fp_mapping PRIVATE ${CONCEPTS_OUT}/concepts.S)

# Learning and measuring are done by hand: `cmake --build --preset release --target learn_concepts measure_concepts`.
add_library(fp_learn STATIC EXCLUDE_FROM_ALL tools/concepts/gold.cpp tools/concepts/boost.cpp tools/concepts/translate.cpp tools/concepts/learn.cpp)
target_include_directories(fp_learn PUBLIC tools/concepts)
target_link_libraries(fp_learn PUBLIC fp_mapping fmt::fmt)
foreach(TOOL count_filers learn_concepts measure_concepts)
  add_executable(${TOOL} EXCLUDE_FROM_ALL tools/concepts/${TOOL}.cpp)
  target_link_libraries(${TOOL} PRIVATE fp_learn)
endforeach()
