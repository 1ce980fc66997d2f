namespace System.Runtime.CompilerServices;

/// <summary>Lets records compile for netstandard2.0, which lacks the marker that the compiler asks for.</summary>
static class IsExternalInit;
