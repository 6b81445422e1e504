"""The addresses of the classroom."""

from django.urls import URLPattern, path

from classroom.views import accounts, front, joining, privacy

urlpatterns: list[URLPattern] = [
    path("classroom/", front.front, name="classroom"),
    path("classroom/sign-in/", accounts.SignIn.as_view(), name="classroom_sign_in"),
    path("classroom/sign-out/", accounts.SignOut.as_view(), name="classroom_sign_out"),
    path("classroom/password/", accounts.ChangePassword.as_view(), name="classroom_password"),
    path("classroom/invitations/<str:secret>/", accounts.accept_invitation, name="accept_invitation"),
    path("classroom/privacy/", privacy.privacy, name="classroom_privacy"),
    path("classroom/privacy/delete/<str:ident>/", privacy.delete_me, name="delete_me"),
    path("classroom/join/", joining.join, name="join"),
    path("classroom/join/<str:code>/", joining.join, name="join_code"),
    path("classroom/joined/<str:ident>/", joining.joined, name="joined"),
    path("classroom/return/", joining.return_to_class, name="return_to_class"),
    path("classroom/leave/", joining.leave_class, name="leave_class"),
]
