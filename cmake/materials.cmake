# SPDX-License-Identifier: MIT
# Part of the installation: writes the bill of materials (SPDX 2.3, JSON) of what has just been installed, copies the licences
# of everything that was linked in or packed, and writes the file "copyright", which names them. Read from the files
# themselves: the list of libraries that the program was linked with, and the content of the functions' packages.
cmake_policy(VERSION 3.25)

set(TO_BE_PACKAGED $ENV{TANGO_TO_BE_PACKAGED}) # set by script/package
set(json_packages "")
set(json_relationships "")
set(notices "")
set(seen "")

function(json_string out text)
    string(REPLACE "\\" "\\\\" text "${text}")
    string(REPLACE "\"" "\\\"" text "${text}")
    set(${out} "\"${text}\"" PARENT_SCOPE)
endfunction()

macro(relate from type to)
    list(APPEND json_relationships "{ \"spdxElementId\": \"${from}\", \"relationshipType\": \"${type}\", \"relatedSpdxElement\": \"${to}\" }")
endmacro()

# add_package(ID_VARIABLE NAME VERSION LICENSE SUPPLIER PURL): once, whoever holds it.
macro(add_package id name version license supplier purl)
    string(REGEX REPLACE "[^A-Za-z0-9.-]" "-" ${id} "SPDXRef-Package-${name}-${version}")
    if(NOT ${id} IN_LIST seen)
        list(APPEND seen ${${id}})
        json_string(json_name "${name}")
        json_string(json_version "${version}")
        json_string(json_license "${license}")
        set(reference "")
        if(NOT "${purl}" STREQUAL "")
            set(reference ",\n      \"externalRefs\": [{ \"referenceCategory\": \"PACKAGE-MANAGER\", \"referenceType\": \"purl\", \"referenceLocator\": \"${purl}\" }]")
        endif()
        list(APPEND json_packages "{
      \"SPDXID\": \"${${id}}\",
      \"name\": ${json_name},
      \"versionInfo\": ${json_version},
      \"supplier\": \"${supplier}\",
      \"downloadLocation\": \"NOASSERTION\",
      \"filesAnalyzed\": false,
      \"licenseConcluded\": \"NOASSERTION\",
      \"licenseDeclared\": ${json_license},
      \"copyrightText\": \"NOASSERTION\"${reference}
    }")
    endif()
endmacro()

# look_up_owners(FILE...): which packages of Debian have the files; a name without a directory is looked for in the places of
# shared libraries and of certificates. Two calls for all of them, since each reads the whole list of packages.
function(look_up_owners)
    set(patterns ${ARGN})
    list(TRANSFORM patterns REPLACE "^([^/]+)$" "*/\\1")
    execute_process(COMMAND dpkg-query --search ${patterns} OUTPUT_VARIABLE lines ERROR_QUIET RESULT_VARIABLE ignored)
    set(packages "")
    string(REGEX MATCHALL "[^\n]+" lines "${lines}")
    foreach(line IN LISTS lines)
        if(line MATCHES "^([^:,\n ]+)(:[a-z0-9]+)?(, [^/]*)?: (.*)$")
            set(package ${CMAKE_MATCH_1}${CMAKE_MATCH_2})
            set(file ${CMAKE_MATCH_4})
            cmake_path(GET file FILENAME name)
            list(APPEND packages ${package})
            set_property(GLOBAL PROPERTY owner_of_${file} ${package})
            if(file MATCHES "^(/usr)?/lib(/[a-z0-9_]+-linux-[a-z]+)?/[^/]*$|^/usr/share/ca-certificates/")
                set_property(GLOBAL PROPERTY owner_of_${name} ${package})
            endif()
        endif()
    endforeach()
    if(packages)
        list(REMOVE_DUPLICATES packages)
        execute_process(COMMAND dpkg-query --show --showformat "\${binary:Package}|\${Package}|\${Version}|\${Architecture}\n" ${packages}
            OUTPUT_VARIABLE lines)
        string(REGEX MATCHALL "[^\n]+" lines "${lines}")
        foreach(line IN LISTS lines)
            string(REGEX MATCH "^([^|]*)[|](.*)$" line "${line}")
            set_property(GLOBAL PROPERTY details_of_${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
        endforeach()
    endif()
endfunction()

# debian_owner(FILE): sets `package`, `package_version` and `package_purl` of the package that has it; "" when none has.
function(debian_owner file)
    get_property(owner GLOBAL PROPERTY owner_of_${file})
    get_property(details GLOBAL PROPERTY details_of_${owner})
    set(package "" PARENT_SCOPE)
    if(details MATCHES "^([^|]*)[|]([^|]*)[|]([^|]*)$")
        set(package ${CMAKE_MATCH_1} PARENT_SCOPE)
        set(package_version ${CMAKE_MATCH_2} PARENT_SCOPE)
        set(purl "pkg:deb/debian/${CMAKE_MATCH_1}@${CMAKE_MATCH_2}?arch=${CMAKE_MATCH_3}")
        string(REPLACE "+" "%2B" purl "${purl}")
        string(REGEX REPLACE "(@[0-9]+):" "\\1%3A" purl "${purl}")
        set(package_purl "${purl}" PARENT_SCOPE)
    endif()
endfunction()

# keep_licence(PACKAGE ROOT): copies ROOT/share/doc/PACKAGE/copyright. Nothing is handed out without the licences of all that is
# in it; who only installs is told.
macro(keep_licence name root)
    if(NOT EXISTS ${PREFIX}/${DOCUMENTS}/licenses/${name})
        if(EXISTS ${root}/share/doc/${name}/copyright)
            file(REAL_PATH ${root}/share/doc/${name}/copyright licence)
            file(MAKE_DIRECTORY ${PREFIX}/${DOCUMENTS}/licenses)
            file(COPY_FILE ${licence} ${PREFIX}/${DOCUMENTS}/licenses/${name})
        elseif(TO_BE_PACKAGED)
            message(FATAL_ERROR "the licence of ${name} is not in ${root}/share/doc/${name}/copyright")
        else()
            message(WARNING "the licence of ${name} is not in ${root}/share/doc/${name}/copyright; share/doc has none of it")
        endif()
    endif()
endmacro()

set(program_id SPDXRef-File-tango-infra)
set(json_files "")
macro(add_file id path)
    file(SHA1 ${PREFIX}/${path} sha1)
    file(SHA256 ${PREFIX}/${path} sha256)
    list(APPEND json_files "{
      \"SPDXID\": \"${id}\",
      \"fileName\": \"./${path}\",
      \"checksums\": [{ \"algorithm\": \"SHA1\", \"checksumValue\": \"${sha1}\" }, { \"algorithm\": \"SHA256\", \"checksumValue\": \"${sha256}\" }],
      \"licenseConcluded\": \"NOASSERTION\",
      \"licenseInfoInFiles\": [\"NOASSERTION\"],
      \"copyrightText\": \"NOASSERTION\"
    }")
    relate(SPDXRef-DOCUMENT DESCRIBES ${id})
endmacro()

file(REMOVE_RECURSE ${PREFIX}/${DOCUMENTS}/licenses)
file(REMOVE_RECURSE ${WORK})
set(wanted "")
foreach(library IN LISTS LIBRARIES)
    string(REGEX REPLACE ".*[|]" "" file "${library}")
    if(file)
        file(REAL_PATH ${file} file)
        list(APPEND wanted ${file})
    endif()
endforeach()
file(GLOB zips ${PREFIX}/${FUNCTIONS}/*.zip)
foreach(zip IN LISTS zips)
    cmake_path(GET zip FILENAME zip_name)
    file(ARCHIVE_EXTRACT INPUT ${zip} DESTINATION ${WORK}/${zip_name})
    file(GLOB libraries RELATIVE ${WORK}/${zip_name}/lib ${WORK}/${zip_name}/lib/*.so*)
    list(APPEND wanted ${libraries})
endforeach()
list(REMOVE_DUPLICATES wanted)
look_up_owners(${wanted} Amazon_Root_CA_1.crt)

add_file(${program_id} ${PROGRAM})
set(program_hash ${sha256})

string(APPEND notices "\nThe program was linked with:\n\n")
foreach(library IN LISTS LIBRARIES)
    if(NOT library MATCHES "^([^|]*)[|]([^|]*)[|]([^|]*)[|]([^|]*)[|](.*)$")
        continue()
    endif()
    set(name ${CMAKE_MATCH_1})
    set(version "${CMAKE_MATCH_2}")
    set(license "${CMAKE_MATCH_3}")
    set(fallback ${CMAKE_MATCH_4})
    set(file ${CMAKE_MATCH_5})
    file(REAL_PATH ${file} file)
    string(REGEX MATCH "^(.*)/lib/" root ${file}) # the last one
    set(root ${CMAKE_MATCH_1})
    # Unpacked, not installed: script/cross-libraries leaves which package it is.
    if(EXISTS ${root}/share/doc/${fallback}/debian-package)
        file(STRINGS ${root}/share/doc/${fallback}/debian-package details)
        set_property(GLOBAL PROPERTY details_of_${fallback} "${details}")
        set_property(GLOBAL PROPERTY owner_of_${file} ${fallback})
        set(at_home FALSE)
    else()
        set(at_home TRUE)
    endif()
    debian_owner(${file})
    if(package)
        if(at_home)
            set(root /usr)
        endif()
        set(version ${package_version})
        set(supplier "Organization: Debian")
    else()
        set(package ${fallback})
        set(package_purl "pkg:generic/${name}@${version}")
        set(supplier NOASSERTION)
    endif()
    add_package(id ${name} "${version}" "${license}" ${supplier} "${package_purl}")
    if(file MATCHES "\\.a$")
        relate(${program_id} STATIC_LINK ${id})
    else()
        relate(${program_id} DYNAMIC_LINK ${id})
    endif()
    keep_licence(${package} ${root})
    string(APPEND notices "  ${name} ${version}: ${license}, see licenses/${package}\n")
endforeach()

string(APPEND notices "\nIts tables of resource types and permissions were made from:\n\n")
file(STRINGS ${SOURCE_DIRECTORY}/schema/cloudformation.txt sources REGEX "^%source ")
file(STRINGS ${SOURCE_DIRECTORY}/schema/iam.txt iam_sources REGEX "^%source ")
foreach(source IN LISTS sources iam_sources)
    string(REGEX MATCH "^%source ([^ ]+)/([^ ]+) ([^ ]+)" source "${source}")
    set(scope ${CMAKE_MATCH_1})
    set(name ${CMAKE_MATCH_2})
    set(version ${CMAKE_MATCH_3})
    file(STRINGS ${SOURCE_DIRECTORY}/schema/LICENSE-${name} license REGEX "Apache License|MIT License" LIMIT_COUNT 1)
    if(license MATCHES "Apache")
        set(license Apache-2.0)
    else()
        set(license MIT)
    endif()
    string(REPLACE "@" "%40" purl_scope ${scope})
    add_package(id ${scope}/${name} ${version} ${license} NOASSERTION "pkg:npm/${purl_scope}/${name}@${version}")
    relate(${program_id} GENERATED_FROM ${id})
    string(APPEND notices "  ${scope}/${name} ${version}: ${license}, see LICENSE-${name}\n")
endforeach()

file(STRINGS ${SOURCE_DIRECTORY}/schema/constraints.txt sources REGEX "^%source cfn-lint ")
foreach(source IN LISTS sources)
    string(REGEX MATCH "^%source cfn-lint ([^ ]+)" source "${source}")
    set(version ${CMAKE_MATCH_1})
    add_package(id cfn-lint ${version} MIT-0 NOASSERTION "pkg:pypi/cfn-lint@${version}")
    relate(${program_id} GENERATED_FROM ${id})
    string(APPEND notices "  cfn-lint ${version}: MIT-0, see LICENSE-cfn-lint\n")
endforeach()

# What is in a function's package: Debian's shared libraries and certificates, packages of npm with their licences beside them.
string(APPEND notices "\nThe packages of the Lambda functions hold:\n\n")
set(told "")
macro(add_packed file_name)
    debian_owner(${file_name})
    if(package)
        add_package(id ${package} ${package_version} NOASSERTION "Organization: Debian" ${package_purl})
        relate(${zip_id} CONTAINS ${id})
        keep_licence(${package} /usr)
        if(NOT package IN_LIST told)
            list(APPEND told ${package})
            string(APPEND notices "  ${package} ${package_version}, see licenses/${package}\n")
        endif()
    elseif(TO_BE_PACKAGED)
        message(FATAL_ERROR "no package of Debian has ${file_name}, which is in ${zip}")
    else()
        message(WARNING "no package of Debian has ${file_name}, which is in ${zip}: the bill of materials lacks it")
    endif()
endmacro()
macro(add_npm manifest)
    file(READ ${manifest} manifest_text)
    string(JSON name GET "${manifest_text}" name)
    string(JSON version GET "${manifest_text}" version)
    string(JSON license ERROR_VARIABLE no_license GET "${manifest_text}" license)
    if(no_license)
        set(license NOASSERTION)
    endif()
    string(REPLACE "@" "%40" purl_name ${name})
    add_package(id ${name} ${version} ${license} NOASSERTION "pkg:npm/${purl_name}@${version}")
    relate(${zip_id} CONTAINS ${id})
    string(APPEND notices "  ${name} ${version}: ${license}, see the package\n")
endmacro()

foreach(zip IN LISTS zips)
    cmake_path(GET zip FILENAME zip_name)
    set(zip_id SPDXRef-File-${zip_name})
    add_file(${zip_id} ${FUNCTIONS}/${zip_name})
    set(content ${WORK}/${zip_name})
    file(GLOB libraries RELATIVE ${content}/lib ${content}/lib/*.so*)
    foreach(library IN LISTS libraries)
        add_packed(${library})
    endforeach()
    if(EXISTS ${content}/ca.pem)
        add_packed(Amazon_Root_CA_1.crt)
    endif()
    file(GLOB manifests ${content}/node_modules/*/package.json ${content}/node_modules/@*/*/package.json)
    foreach(manifest IN LISTS manifests)
        add_npm(${manifest})
    endforeach()
endforeach()
file(REMOVE_RECURSE ${WORK})

# The time of the last commit, unless SOURCE_DATE_EPOCH says another: the same tree gives the same bytes.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
    execute_process(COMMAND git -C ${SOURCE_DIRECTORY} log -1 --format=%ct OUTPUT_VARIABLE epoch ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(epoch)
        set(ENV{SOURCE_DATE_EPOCH} ${epoch})
    endif()
endif()
string(TIMESTAMP created "%Y-%m-%dT%H:%M:%SZ" UTC)
list(JOIN json_files ",\n    " json_files)
list(JOIN json_packages ",\n    " json_packages)
list(JOIN json_relationships ",\n    " json_relationships)
string(SHA256 content_hash "${json_files}${json_packages}${created}")
string(UUID uuid NAMESPACE 6ba7b811-9dad-11d1-80b4-00c04fd430c8 NAME ${content_hash} TYPE SHA1) # RFC 4122: names that are URLs
file(WRITE ${PREFIX}/${DOCUMENTS}/tango-infra.spdx.json "{
  \"spdxVersion\": \"SPDX-2.3\",
  \"dataLicense\": \"CC0-1.0\",
  \"SPDXID\": \"SPDXRef-DOCUMENT\",
  \"name\": \"tango-infra-${VERSION}\",
  \"documentNamespace\": \"https://spdx.org/spdxdocs/tango-infra-${VERSION}-${uuid}\",
  \"creationInfo\": { \"created\": \"${created}\", \"creators\": [\"Tool: tango-infra-${VERSION}\"] },
  \"packages\": [
    {
      \"SPDXID\": \"SPDXRef-Package-tango-infra\",
      \"name\": \"tango-infra\",
      \"versionInfo\": \"${VERSION}\",
      \"supplier\": \"Organization: The tango-infra authors\",
      \"downloadLocation\": \"NOASSERTION\",
      \"filesAnalyzed\": false,
      \"licenseConcluded\": \"MIT\",
      \"licenseDeclared\": \"MIT\",
      \"copyrightText\": \"Copyright (c) 2026 The tango-infra authors\",
      \"primaryPackagePurpose\": \"APPLICATION\"
    },
    ${json_packages}
  ],
  \"files\": [
    ${json_files}
  ],
  \"relationships\": [
    { \"spdxElementId\": \"SPDXRef-DOCUMENT\", \"relationshipType\": \"DESCRIBES\", \"relatedSpdxElement\": \"SPDXRef-Package-tango-infra\" },
    ${json_relationships}
  ]
}
")
file(READ ${SOURCE_DIRECTORY}/LICENSE own)
file(WRITE ${PREFIX}/${DOCUMENTS}/copyright "tango-infra ${VERSION}\n\n${own}${notices}")
