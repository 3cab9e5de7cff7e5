# SPDX-License-Identifier: MIT
# The functions' libraries as archives: libcurl and libpq as script/build-static-libraries builds them (Debian's need
# Kerberos and LDAP, of which it has no archives), OpenSSL from libssl-dev. glibc stays shared, as Lambda has it.
set(archives ${TANGO_STATIC_LIBRARIES}/lib)
if(NOT EXISTS ${archives}/libcurl.a OR NOT EXISTS ${archives}/libpq.a)
    message(FATAL_ERROR "TANGO_FUNCTIONS_STATIC needs libcurl.a and libpq.a in ${archives}: run script/build-static-libraries")
endif()
find_library(SSL_ARCHIVE libssl.a REQUIRED)
find_library(CRYPTO_ARCHIVE libcrypto.a REQUIRED)
target_include_directories(function-runtime BEFORE PUBLIC ${TANGO_STATIC_LIBRARIES}/include)
target_compile_definitions(function-runtime PUBLIC CURL_STATICLIB)
target_compile_options(function-runtime PUBLIC -ffunction-sections -fdata-sections)
target_link_options(function-runtime PUBLIC LINKER:--gc-sections)
target_link_libraries(function-runtime PUBLIC ${archives}/libcurl.a ${archives}/libpq.a ${archives}/libpgcommon_shlib.a
    ${archives}/libpgport_shlib.a ${SSL_ARCHIVE} ${CRYPTO_ARCHIVE} m)
file(TOUCH ${CMAKE_CURRENT_BINARY_DIR}/static) # tells the bench which limits hold
