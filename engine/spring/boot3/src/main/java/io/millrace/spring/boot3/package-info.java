/** What differs in Spring Boot 3: where its health indicators are. Nothing here is for users. */
@NullMarked
package io.millrace.spring.boot3;

import org.jspecify.annotations.NullMarked;
