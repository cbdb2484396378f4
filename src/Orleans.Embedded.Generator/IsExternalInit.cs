namespace System.Runtime.CompilerServices;

/// <summary>Lets records compile against netstandard2.0.</summary>
internal static class IsExternalInit;
