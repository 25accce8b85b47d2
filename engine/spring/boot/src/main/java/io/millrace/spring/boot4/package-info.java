/** What differs in Spring Boot 4: where its health indicators are. Nothing here is for users. */
@NullMarked
package io.millrace.spring.boot4;

import org.jspecify.annotations.NullMarked;
