package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.userstore.jdbc.Server;

class LoginAttemptsOnH2Test extends JdbcLoginAttemptsContract {

  LoginAttemptsOnH2Test() {
    super(Server.H2);
  }
}
